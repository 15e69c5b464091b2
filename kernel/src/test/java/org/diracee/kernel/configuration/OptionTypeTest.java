/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.kernel.configuration;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.stream.Stream;
import org.diracee.kernel.value.VoName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class OptionTypeTest {

    @ParameterizedTest
    @CsvSource({"y,true", "Yes,true", "TRUE,true", "1,true", "n,false", "No,false", "False,false", "0,false"})
    void knowsDiracsSpellingsOfYesAndNo(String text, boolean meant) {
        assertThat(OptionType.yesNo().parse(text)).contains(meant);
    }

    static Stream<Arguments> refused() {
        return Stream.of(
                Arguments.of(OptionType.yesNo(), "maybe"),
                Arguments.of(OptionType.wholeNumber(1), "0"),
                Arguments.of(OptionType.wholeNumber(1), "1.5"),
                Arguments.of(OptionType.wholeNumber(1), "9999999999999999999999"),
                Arguments.of(OptionType.wholeNumber(1, 5), "6"),
                Arguments.of(OptionType.smallNumber(0), "2147483648"),
                Arguments.of(OptionType.decimal(0), "NaN"),
                Arguments.of(OptionType.decimal(0, 1), "1.01"),
                Arguments.of(OptionType.seconds(0), "-1"),
                Arguments.of(OptionType.seconds(0), "1e99"),
                Arguments.of(OptionType.duration(ChronoUnit.DAYS, 1, 30), "31"),
                Arguments.of(OptionType.size("MiB", 1024 * 1024, 1), "9223372036854"),
                Arguments.of(OptionType.choice("Local", "HTCondorCE"), "local"),
                Arguments.of(OptionType.url(), "host.example"),
                Arguments.of(OptionType.url(), "https://a b"),
                Arguments.of(OptionType.vo(), "no vo"),
                Arguments.of(OptionType.group(), ""),
                Arguments.of(OptionType.user(), "a/b"),
                Arguments.of(OptionType.listOf(OptionType.wholeNumber(0)), "1, two"));
    }

    @ParameterizedTest
    @MethodSource
    void refused(OptionType<?> type, String text) {
        assertThat(type.parse(text)).isEmpty();
    }

    @Test
    void givesWhatTheTextStandsFor() {
        assertThat(OptionType.wholeNumber(0).parse(" 12 ")).contains(12L);
        assertThat(OptionType.decimal(0).parse("1.5")).contains(1.5);
        assertThat(OptionType.duration(ChronoUnit.DAYS, 1).parse("15")).contains(Duration.ofDays(15));
        assertThat(OptionType.seconds(0).parse("0.25")).contains(Duration.ofMillis(250));
        assertThat(OptionType.size("MiB", 1024 * 1024, 1).parse("2")).contains(2_097_152L);
        assertThat(OptionType.texts().parse("a, b,,c "))
                .hasValueSatisfying(items -> assertThat(items).containsExactly("a", "b", "c"));
        assertThat(OptionType.listOf(OptionType.vo()).parse("demo"))
                .hasValueSatisfying(items -> assertThat(items).containsExactly(new VoName("demo")));
        assertThat(OptionType.url().parse("dips://host.example:9135/Framework/X"))
                .isPresent();
        assertThat(OptionType.choice("Local").parse("Local")).contains("Local");
    }

    @Test
    void saysWhatIsAllowed() {
        assertThat(OptionType.wholeNumber(0, 10).allowed()).isEqualTo("a whole number from 0 to 10");
        assertThat(OptionType.duration(ChronoUnit.DAYS, 1).allowed()).isEqualTo("a number of days, 1 or more");
        assertThat(OptionType.seconds(1).unit()).isEqualTo("s");
        assertThat(OptionType.listOf(OptionType.vo()).allowed())
                .isEqualTo("a list separated by commas, each item the name of a VO");
    }
}
