/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.framework.client.boundary;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.diracee.kernel.value.GroupName;
import org.diracee.kernel.value.UserName;
import org.diracee.kernel.value.VoName;

/**
 * A program with an identity of its own.
 *
 * @param id unique in the installation
 * @param approved whether an administrator has let it in; without, it gets nothing
 * @param tokensFrom what it was given before counts no more: then it was let in, after it had been kept out
 * @param user whom it acts as by itself: a robot, registered like a person
 * @param group the group in which it does; empty: the VO's default group
 * @param grants what it may come with
 * @param secretHash SHA-256 of its secret, in small hexadecimal digits, if it has one
 * @param keys the public keys that its assertions are signed with, as a JWK set, if it has some
 * @param actsForUsers whether it may exchange tokens of the VO's users for tokens by which it acts for them
 * @param scopes what its tokens for storage and computing elements may allow at most
 * @param audiences whom those may be for
 * @param refreshTokenLifetime how long a session that it began goes on unused; empty: as the VO says
 * @param sessionLifetime how long it goes on at all; empty: as long as unused, else as the VO says
 */
public record RegisteredClient(
        String id,
        VoName vo,
        boolean approved,
        Optional<Instant> tokensFrom,
        Optional<UserName> user,
        Optional<GroupName> group,
        Set<ClientGrant> grants,
        Optional<String> secretHash,
        Optional<String> keys,
        boolean actsForUsers,
        List<String> scopes,
        List<String> audiences,
        Optional<Duration> refreshTokenLifetime,
        Optional<Duration> sessionLifetime) {

    public RegisteredClient {
        grants = Set.copyOf(grants);
        scopes = List.copyOf(scopes);
        audiences = List.copyOf(audiences);
    }

    public boolean may(ClientGrant grant) {
        return grants.contains(grant);
    }

    /** Shows no hash. */
    @Override
    public String toString() {
        return "client " + id + " of the VO " + vo;
    }
}
