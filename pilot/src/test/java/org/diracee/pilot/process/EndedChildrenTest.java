/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.pilot.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class EndedChildrenTest {

    /** Numbers that no process has. */
    private static final long ONE = Integer.MAX_VALUE - 1L;

    private static final long OTHER = ONE + 1;
    private static final long ALIVE = ProcessHandle.current().pid();

    private final EndedChildren children = new EndedChildren();

    private static Duration seconds(long seconds) {
        return Duration.ofSeconds(seconds);
    }

    @Test
    void givesAPayloadAllThatTheCountGrewBy() {
        children.add(ONE, seconds(10));

        assertThat(children.ended(ONE, seconds(17))).isEqualTo(seconds(7));
    }

    @Test
    void takesNothingForOneThatLives() {
        children.add(ALIVE, seconds(0));
        children.add(ONE, seconds(0));
        children.lives(ALIVE, seconds(50));

        assertThat(children.ended(ONE, seconds(7))).isEqualTo(seconds(7));
        children.remove(ONE);
        assertThat(children.ended(ALIVE, seconds(60))).isEqualTo(seconds(53));
    }

    @Test
    void dividesWhatEndedTogetherByWhatWasSeen() {
        children.add(ONE, seconds(0));
        children.add(OTHER, seconds(0));
        children.lives(ONE, seconds(5));
        children.lives(OTHER, seconds(8));

        assertThat(children.ended(ONE, seconds(14))).isEqualTo(seconds(6));
        assertThat(children.ended(OTHER, seconds(14))).isEqualTo(seconds(8));
    }
}
