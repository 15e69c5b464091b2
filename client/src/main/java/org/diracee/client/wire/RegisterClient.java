/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.client.wire;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import jakarta.validation.constraints.NotBlank;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Order to register a program with an identity of its own in one's VO.
 *
 * @param approved whether it is let in at once
 * @param user whom it acts as by itself
 * @param group the group in which it does; the VO's default group unless given
 * @param grants {@code client_credentials} unless given
 * @param secretHash SHA-256 of its secret, in hexadecimal digits; the secret itself stays with who made it
 * @param keys the public keys that sign its assertions, as the text of a JSON Web Key Set
 * @param actsForUsers whether it may act for users of the VO
 * @param scopes what its tokens for storage and computing elements may allow at most
 * @param audiences whom those may be for
 * @param refreshLifetime how many seconds a session that it began goes on unused
 * @param sessionLifetime how many seconds it goes on at all
 * @param message why, for the history of the configuration
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record RegisterClient(
        @JsonProperty("client_id") @NotBlank String clientId,
        Optional<Boolean> approved,
        Optional<String> user,
        Optional<String> group,
        List<String> grants,
        @JsonProperty("secret_hash") Optional<String> secretHash,
        Optional<String> keys,
        @JsonProperty("acts_for_users") Optional<Boolean> actsForUsers,
        List<String> scopes,
        List<String> audiences,
        @JsonProperty("refresh_lifetime") Optional<Long> refreshLifetime,
        @JsonProperty("session_lifetime") Optional<Long> sessionLifetime,
        @NotBlank String message) {

    public RegisterClient {
        approved = Objects.requireNonNullElse(approved, Optional.empty());
        actsForUsers = Objects.requireNonNullElse(actsForUsers, Optional.empty());
        user = Objects.requireNonNullElse(user, Optional.empty());
        group = Objects.requireNonNullElse(group, Optional.empty());
        grants = grants == null ? List.of() : List.copyOf(grants);
        secretHash = Objects.requireNonNullElse(secretHash, Optional.empty());
        keys = Objects.requireNonNullElse(keys, Optional.empty());
        scopes = scopes == null ? List.of() : List.copyOf(scopes);
        audiences = audiences == null ? List.of() : List.copyOf(audiences);
        refreshLifetime = Objects.requireNonNullElse(refreshLifetime, Optional.empty());
        sessionLifetime = Objects.requireNonNullElse(sessionLifetime, Optional.empty());
    }

    /** Shows no hash. */
    @Override
    public String toString() {
        return "registration of the client " + clientId;
    }
}
