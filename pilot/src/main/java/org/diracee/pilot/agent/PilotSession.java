/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.pilot.agent;

import java.time.Duration;
import org.diracee.pilot.control.Backoff;
import org.diracee.pilot.control.Server;
import org.diracee.pilot.control.Server.PilotTokens;
import org.diracee.pilot.control.ServerAway;
import org.diracee.pilot.control.ServerRefusal;
import org.diracee.pilot.control.Stop;
import org.diracee.pilot.log.PilotLog;

/** The pilot's tokens, renewed by a thread of its own at half their life. */
final class PilotSession implements AutoCloseable {

    private static final String SCOPE = "Pilot";

    private final Server server;
    private final Backoff backoff;
    private final PilotLog log;
    private final Stop<Boolean> end = new Stop<>();
    private volatile PilotTokens tokens;

    private PilotSession(Server server, Backoff backoff, PilotLog log, PilotTokens tokens) {
        this.server = server;
        this.backoff = backoff;
        this.log = log;
        this.tokens = tokens;
    }

    /**
     * Changes the secret into tokens.
     *
     * @throws ServerAway if the server is away for longer than given
     * @throws ServerRefusal if it does not know the secret
     */
    static PilotSession open(
            Server server, String secret, Backoff backoff, PilotLog log, Duration longest, Stop<String> stop) {
        long deadline = System.nanoTime() + longest.toNanos();
        for (int failed = 1; ; failed++) {
            try {
                PilotSession session = new PilotSession(server, backoff, log, server.exchangeSecret(secret));
                Thread refresher = new Thread(session::refreshAll, "pilot-token");
                refresher.setDaemon(true);
                refresher.start();
                return session;
            } catch (ServerAway away) {
                Duration pause = backoff.pause(failed);
                if (System.nanoTime() + pause.toNanos() > deadline || stop.isRequested()) {
                    throw away;
                }
                log.warn(SCOPE, "cannot log in yet: " + away.getMessage());
                stop.await(pause);
            }
        }
    }

    String token() {
        return tokens.access();
    }

    private void refreshAll() {
        Duration wait = tokens.life().dividedBy(2);
        int failed = 0;
        while (end.await(wait).isEmpty()) {
            if (tokens.refresh().isEmpty()) {
                log.warn(SCOPE, "the session cannot be prolonged, the server gave no refresh token");
                return;
            }
            try {
                tokens = server.refresh(tokens.refresh().get());
                failed = 0;
                wait = tokens.life().dividedBy(2);
            } catch (ServerAway away) {
                failed++;
                wait = backoff.pause(failed);
            } catch (ServerRefusal refusal) {
                log.error(SCOPE, "the session cannot be prolonged: " + refusal.detail());
                return;
            }
        }
    }

    @Override
    public void close() {
        end.request(true);
    }
}
