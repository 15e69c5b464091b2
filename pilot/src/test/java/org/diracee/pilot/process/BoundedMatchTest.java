/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.pilot.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BoundedMatchTest {

    @Test
    void findsAPattern() throws Exception {
        assertThat(found("b+", "abbc", Duration.ofSeconds(10))).isTrue();
        assertThat(found("d", "abbc", Duration.ofSeconds(10))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"(a+)+b", "(a|aa)+$", "(?:(?:a|b)*)*c"})
    void givesUpAPatternThatTakesForAges(String endless) {
        assertThatThrownBy(() -> found(endless, "a".repeat(10_000) + "!", Duration.ofMillis(200)))
                .isInstanceOf(TimeoutException.class);
    }

    private static boolean found(String pattern, String text, Duration longest) throws Exception {
        return BoundedMatch.within(longest, Pattern.compile(pattern), found -> found.test(text));
    }
}
