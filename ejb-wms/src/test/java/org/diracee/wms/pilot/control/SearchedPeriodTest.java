/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.pilot.control;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SearchedPeriodTest {

    @ParameterizedTest
    @CsvSource({
        "2026, 2026-01-01T00:00:00Z, 2027-01-01T00:00:00Z",
        "2026-12, 2026-12-01T00:00:00Z, 2027-01-01T00:00:00Z",
        "2024-02-29, 2024-02-29T00:00:00Z, 2024-03-01T00:00:00Z",
        "2026-08-25 14, 2026-08-25T14:00:00Z, 2026-08-25T15:00:00Z",
        "2026-08-25T14:30, 2026-08-25T14:30:00Z, 2026-08-25T14:31:00Z",
        "2026-08-25T14:30:05Z, 2026-08-25T14:30:05Z, 2026-08-25T14:30:06Z",
        "2026-08-25T14:30:05.123456+00:00, 2026-08-25T14:30:05Z, 2026-08-25T14:30:06Z",
    })
    void standsForWhatItsPrecisionLeavesOpen(String text, Instant start, Instant end) {
        SearchedPeriod read = SearchedPeriod.parse(text).orElseThrow();
        assertThat(read.period().start()).isEqualTo(start);
        assertThat(read.period().end()).isEqualTo(end);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "26",
                "2026-13",
                "2026-02-30",
                "2026-08-25T25",
                "2026:30",
                "2026-08-25T14:30:05+02:00",
                "yesterday"
            })
    void refusesWhatIsNoTime(String text) {
        assertThat(SearchedPeriod.parse(text)).isEmpty();
    }
}
