/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.cli.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.diracee.cli.CommandFailure;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JobIdsTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "7|7",
                "1-3|1-3",
                "3,1,2|1-3",
                "1-2,4|1-2,4",
                "9,1-3,2-5|1-5,9",
                "999999999999999999|999999999999999999"
            })
    void readsAndWrites(String words, String text) {
        assertThat(JobIds.text(JobIds.parse(List.of(words)))).isEqualTo(text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "0", "-1", "1-", "1,,2", "a", "1-2-3", "9999999999999999999", "3-2", "1-9999999"})
    void refusesAnythingElse(String word) {
        assertThatThrownBy(() -> JobIds.parse(List.of(word))).isInstanceOf(CommandFailure.class);
    }

    @Test
    void writesNothingForNone() {
        assertThat(JobIds.text(List.of())).isEmpty();
    }
}
