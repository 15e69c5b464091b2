/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.framework.client.boundary;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.diracee.kernel.value.GroupName;
import org.diracee.kernel.value.UserName;

/** A registered client as its VO's administrator wants it; what is what stands at {@link RegisteredClient}. */
public record NewClient(
        String id,
        boolean approved,
        Optional<UserName> user,
        Optional<GroupName> group,
        List<ClientGrant> grants,
        Optional<String> secretHash,
        Optional<String> keys,
        boolean actsForUsers,
        List<String> scopes,
        List<String> audiences,
        Optional<Duration> refreshTokenLifetime,
        Optional<Duration> sessionLifetime) {

    public NewClient {
        grants = List.copyOf(grants);
        scopes = List.copyOf(scopes);
        audiences = List.copyOf(audiences);
    }

    /** Shows no hash. */
    @Override
    public String toString() {
        return "new client " + id;
    }
}
