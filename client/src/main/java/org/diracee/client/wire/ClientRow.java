/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.client.wire;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A program with an identity of its own.
 *
 * @param approved whether an administrator has let it in
 * @param user whom it acts as by itself
 * @param group the group in which it does; null: the VO's default group
 * @param authentication how it proves who it is, in OAuth's words
 * @param actsForUsers whether it may act for users of the VO
 * @param scopes what its tokens for storage and computing elements may allow at most
 * @param audiences whom those may be for
 * @param sessions how many sessions that it began are open
 */
public record ClientRow(
        @JsonProperty("client_id") String clientId,
        String vo,
        boolean approved,
        @Nullable String user,
        @Nullable String group,
        List<String> grants,
        List<String> authentication,
        @JsonProperty("acts_for_users") boolean actsForUsers,
        List<String> scopes,
        List<String> audiences,
        long sessions) {

    public ClientRow {
        grants = copy(grants);
        authentication = copy(authentication);
        scopes = copy(scopes);
        audiences = copy(audiences);
    }

    private static List<String> copy(List<String> list) {
        return list == null ? List.of() : List.copyOf(list);
    }
}
