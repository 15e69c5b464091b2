/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.pilot.wrapper;

import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.diracee.kernel.jdl.JdlRecord;

/**
 * The signal that a payload wants shortly before its time ends, so that it can save what it has.
 *
 * @param start sent when this much time is left
 * @param finish not sent any more when only this much is left
 * @param processes matches the command lines of those that get it; the payload's first process if absent
 * @see "WMS reference 4.2 and 13.3"
 */
record StopSignal(int number, Duration start, Duration finish, Optional<Pattern> processes) {

    private static final long USUAL_START_SECONDS = 1800;

    /** Reads what a description asks for; nothing unless it names a signal. */
    static Optional<StopSignal> of(JdlRecord jdl) {
        return jdl.integer("StopSigNumber")
                .map(number -> new StopSignal(
                        Math.toIntExact(number),
                        Duration.ofSeconds(jdl.integer("StopSigStartSeconds").orElse(USUAL_START_SECONDS)),
                        Duration.ofSeconds(jdl.integer("StopSigFinishSeconds").orElse(0L)),
                        jdl.text("StopSigRegex").map(StopSignal::pattern)));
    }

    private static Pattern pattern(String regex) {
        try {
            return Pattern.compile(regex);
        } catch (PatternSyntaxException wrong) {
            throw new JobFailure(MinorStatus.ILLEGAL_JDL, "StopSigRegex is '" + regex + "': " + wrong.getDescription());
        }
    }

    boolean isDue(Duration left) {
        return left.compareTo(start) <= 0 && left.compareTo(finish) > 0;
    }
}
