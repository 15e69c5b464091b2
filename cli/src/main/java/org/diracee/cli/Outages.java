/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.cli;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;
import org.diracee.client.ApiError;
import org.diracee.client.ClientFailure;
import org.diracee.client.ServerUnreachable;

/**
 * Rides out times in which the server is away, for commands that wait long: calls that change nothing are repeated until they are
 * answered. A server that has never answered is no outage but a wrong address, and fails at once.
 */
public final class Outages {

    private static final Duration SHORTEST = Duration.ofSeconds(1);
    private static final Duration LONGEST = Duration.ofSeconds(30);
    private static final int TOO_MANY_REQUESTS = 429;
    private static final int BAD_GATEWAY = 502;
    private static final int GATEWAY_TIMEOUT = 504;

    private final Surroundings surroundings;
    private boolean hasAnswered;

    public Outages(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    /** What was heard within a call that goes on tells as well that the address is right. */
    public void answered() {
        hasAnswered = true;
    }

    /**
     * Calls until there is an answer.
     *
     * @param until gives up then; empty: never
     * @return nothing if it gave up
     */
    public <T> Optional<T> rideOut(Supplier<T> call, Optional<Instant> until) throws InterruptedException {
        Duration pause = SHORTEST;
        boolean isAway = false;
        while (true) {
            try {
                T answer = call.get();
                answered();
                if (isAway) {
                    surroundings.say("The server answers again.");
                }
                return Optional.of(answer);
            } catch (ServerUnreachable | ApiError failure) {
                if (!hasAnswered || !isPassing(failure)) {
                    throw failure;
                }
                if (!isAway) {
                    surroundings.say(failure.getMessage() + "\nThe jobs go on; asking again until it answers.");
                    isAway = true;
                }
                Instant now = surroundings.clock().instant();
                if (until.isPresent() && !now.isBefore(until.get())) {
                    return Optional.empty();
                }
                Duration left = until.map(end -> Duration.between(now, end)).orElse(LONGEST);
                surroundings.pause().of(pause.compareTo(left) < 0 ? pause : left);
                pause = pause.multipliedBy(2).compareTo(LONGEST) < 0 ? pause.multipliedBy(2) : LONGEST;
            }
        }
    }

    private static boolean isPassing(ClientFailure failure) {
        return !(failure instanceof ApiError error)
                || error.isOfStartingServer()
                || error.status() == TOO_MANY_REQUESTS
                || error.status() >= BAD_GATEWAY && error.status() <= GATEWAY_TIMEOUT;
    }
}
