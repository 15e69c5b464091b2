/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.benchmarks;

import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import org.diracee.client.Logins;
import org.diracee.client.wire.TokenResponse;

/** Measures how fast sessions go on. */
final class TokenBenchmarks {

    private static final int CONNECTIONS = 16;

    private final Target target;

    TokenBenchmarks(Target target) {
        this.target = target;
    }

    /** Each connection goes on with a session of its own: a refresh token is good once. */
    Result refresh() throws Exception {
        BlockingQueue<Session> sessions = new ArrayBlockingQueue<>(CONNECTIONS);
        while (sessions.remainingCapacity() > 0) {
            Logins logins = new Logins(target.client());
            TokenResponse tokens = target.logIn(logins, "demo", "alice");
            sessions.add(new Session(logins, Objects.requireNonNull(tokens.refreshToken())));
        }
        double[] runs = Load.repeat(CONNECTIONS, () -> {
            Session session = sessions.take();
            sessions.put(new Session(
                    session.logins(),
                    Objects.requireNonNull(
                            session.logins().refresh(session.refreshToken()).refreshToken())));
            return 1;
        });
        try (Bare bare = new Bare(target)) {
            BlockingQueue<UUID> tokens = new ArrayBlockingQueue<>(CONNECTIONS);
            while (tokens.remainingCapacity() > 0) {
                tokens.add(bare.newSession());
            }
            double limit = Load.limit(CONNECTIONS, () -> {
                tokens.put(bare.refresh(tokens.take()));
                return 1;
            });
            return Result.of(
                    "token-refresh",
                    "refreshes of 16 sessions, durable, each with two signatures, 16 connections",
                    "refreshes/s",
                    500.0,
                    1_000.0,
                    "higher",
                    limit,
                    runs);
        }
    }

    /** A session and the client that goes on with it. */
    private record Session(Logins logins, String refreshToken) {}
}
