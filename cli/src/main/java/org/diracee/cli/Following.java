/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.cli;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Follows what happens from cursor to cursor, until the time is up if it is bounded; survives a server that goes away. */
public final class Following {

    private static final Duration WAIT = Duration.ofSeconds(30);

    @Option(
            names = "--after",
            paramLabel = "CURSOR",
            description = "Begin where an earlier call ended, or with 'oldest'; else with what happens now.")
    private @Nullable String cursor;

    @Option(names = "--timeout", paramLabel = "SECONDS", description = "Stop then, and tell where to go on.")
    private @Nullable Long timeout;

    private @Nullable Outages outages;

    /** Shows what happens for so long, and moves on as it does. */
    public interface Step {
        void show(Duration longest);
    }

    public Optional<String> cursor() {
        return Optional.ofNullable(cursor);
    }

    /** What was before the cursor is shown. */
    public void moveTo(String next) {
        cursor = next;
        if (outages != null) {
            outages.answered();
        }
    }

    /** Returns when the time is up. */
    public void follow(Surroundings surroundings, Step step) throws InterruptedException {
        Outages riding = new Outages(surroundings);
        outages = riding;
        Optional<Instant> until =
                Optional.ofNullable(timeout).map(surroundings.clock().instant()::plusSeconds);
        boolean goesOn = true;
        while (goesOn) {
            Instant now = surroundings.clock().instant();
            Duration left = until.map(end -> Duration.between(now, end)).orElse(WAIT);
            if (left.isNegative() || left.isZero()) {
                break;
            }
            goesOn = riding.rideOut(
                            () -> {
                                step.show(left.compareTo(WAIT) < 0 ? left : WAIT);
                                return true;
                            },
                            until)
                    .isPresent();
        }
        cursor().ifPresent(place -> surroundings.say("Go on with: --after " + place));
    }
}
