/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.cli.login;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.diracee.cli.CommandFailure;
import org.diracee.client.ApiClient;
import org.diracee.client.Logins;
import org.diracee.client.wire.SessionRow;
import org.diracee.client.wire.UserInfo;

/** The sessions that the server shows to a user. */
final class VisibleSessions {

    private static final String NEEDED = "ProxyManagement";
    private static final int TIME_ORDERED = 7;

    private VisibleSessions() {}

    /** Own ones only unless all are asked for: to those who manage proxies the server shows everybody's. */
    static List<SessionRow> of(ApiClient client, boolean allUsers) {
        Logins logins = new Logins(client);
        UserInfo user = logins.userInfo();
        if (allUsers && !user.properties().contains(NEEDED)) {
            throw CommandFailure.refused("Only who has the property " + NEEDED
                    + " sees the sessions of others; log in to a group that has it.");
        }
        return logins.sessions().stream()
                .filter(row -> allUsers || row.sub().equals(user.sub()))
                .toList();
    }

    /** When the session was begun or last refreshed, which its id tells. */
    static Optional<Instant> refreshed(SessionRow row) {
        try {
            UUID id = UUID.fromString(row.jti());
            return id.version() == TIME_ORDERED
                    ? Optional.of(Instant.ofEpochMilli(id.getMostSignificantBits() >>> 16))
                    : Optional.empty();
        } catch (IllegalArgumentException another) {
            return Optional.empty();
        }
    }
}
