/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.pilot.log;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.diracee.pilot.control.Backoff;
import org.diracee.pilot.control.ServerAway;
import org.diracee.pilot.control.ServerRefusal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class PilotLogTest {

    private static final Duration LONG = Duration.ofSeconds(20);

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final List<String> sent = Collections.synchronizedList(new ArrayList<>());
    private final PilotLog log = new PilotLog(
            Clock.fixed(Instant.parse("2026-11-22T10:00:00Z"), ZoneOffset.UTC),
            new PrintStream(out, true, UTF_8),
            new Backoff(Duration.ofMillis(1), Duration.ofMillis(5)));

    @Test
    void sendsAlsoWhatWasSaidBeforeTheLogIn() {
        log.info("Pilot", "first");
        log.connect((first, lines) -> lines.forEach(line -> sent.add(line.severity() + " " + line.message())));
        log.warn("Pilot", "second");
        log.close(LONG);

        assertThat(sent).containsExactly("INFO first", "WARNING second");
        assertThat(out.toString(UTF_8))
                .isEqualTo("2026-11-22T10:00:00Z INFO Pilot: first\n2026-11-22T10:00:00Z WARNING Pilot: second\n");
    }

    @Test
    void keepsLinesAndTheirOrderWhileTheServerIsAway() {
        AtomicInteger tries = new AtomicInteger();
        log.connect((first, lines) -> {
            if (tries.incrementAndGet() < 4) {
                throw new ServerAway("away", null);
            }
            lines.forEach(line -> sent.add(line.message()));
        });
        for (int line = 0; line < 1000; line++) {
            log.info("Pilot", Integer.toString(line));
        }
        log.close(LONG);

        assertThat(sent).hasSize(1000).startsWith("0", "1").endsWith("999");
    }

    @Test
    void givesUpOldLinesAndTellsHowMany() {
        for (int line = 0; line < 10_005; line++) {
            log.info("Pilot", Integer.toString(line));
        }
        log.connect((first, lines) -> lines.forEach(line -> sent.add(line.message())));
        log.close(LONG);

        assertThat(sent).hasSize(10_001).startsWith("5 lines were lost while the server was away", "5");
    }

    @Test
    void numbersLinesAsBeforeWhenABatchIsRepeated() {
        List<String> tried = Collections.synchronizedList(new ArrayList<>());
        log.info("Pilot", "a");
        log.info("Pilot", "b");
        log.connect((first, lines) -> {
            lines.forEach(line -> tried.add((first + lines.indexOf(line)) + line.message()));
            if (tried.size() == 2) {
                throw new ServerAway("the answer was lost", null);
            }
        });
        log.close(LONG);

        assertThat(tried).containsExactly("0a", "1b", "0a", "1b");
    }

    @Test
    void saysWhatWasLostInThePlaceOfTheLastLineLost() {
        List<Long> firsts = Collections.synchronizedList(new ArrayList<>());
        for (int line = 0; line < 10_005; line++) {
            log.info("Pilot", Integer.toString(line));
        }
        log.connect((first, lines) -> firsts.add(first));
        log.close(LONG);

        assertThat(firsts).startsWith(4L, 204L);
    }

    @Test
    void doesNotWaitForAServerThatTakesNoLines() {
        log.connect((first, lines) -> {
            throw new ServerRefusal(403, "Forbidden");
        });
        log.info("Pilot", "line");
        log.close(LONG);

        assertThat(out.toString(UTF_8)).endsWith("The server takes no more lines of this log: Forbidden\n");
    }
}
