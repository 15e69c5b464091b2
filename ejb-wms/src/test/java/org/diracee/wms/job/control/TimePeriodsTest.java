/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.job.control;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.diracee.wms.job.entity.JobCondition.Period;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TimePeriodsTest {

    @ParameterizedTest
    @CsvSource({
        "2026,                           2026-01-01T00:00:00Z, 2027-01-01T00:00:00Z",
        "2026-02,                        2026-02-01T00:00:00Z, 2026-03-01T00:00:00Z",
        "2028-02-29,                     2028-02-29T00:00:00Z, 2028-03-01T00:00:00Z",
        "2026-08-25 14,                  2026-08-25T14:00:00Z, 2026-08-25T15:00:00Z",
        "2026-08-25T14:30,               2026-08-25T14:30:00Z, 2026-08-25T14:31:00Z",
        "2026-08-25T14:30:05,            2026-08-25T14:30:05Z, 2026-08-25T14:30:06Z",
        "2026-08-25 14:30:05Z,           2026-08-25T14:30:05Z, 2026-08-25T14:30:06Z",
        "2026-08-25T14:30:05.123Z,       2026-08-25T14:30:05Z, 2026-08-25T14:30:06Z",
        "2026-12-31T23:59:59.999999+00:00, 2026-12-31T23:59:59Z, 2027-01-01T00:00:00Z",
    })
    void standForWhatTheirPrecisionLeavesOpen(String text, Instant start, Instant end) {
        assertThat(TimePeriods.parse(text).map(TimePeriods.PrecisePeriod::period))
                .contains(new Period(start, end));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "soon",
                "26",
                "2026-13",
                "2026-02-30",
                "2026-08-25T25",
                "2026-8-25",
                "2026-08-25T14:30:05+02:00",
                "2026-08-25T14:30:60",
                "2026/08/25",
                "2026-08-25T",
                "' or true --"
            })
    void refusesWhatIsNoTimeInUtc(String text) {
        assertThat(TimePeriods.parse(text)).isEmpty();
    }

    @Test
    void readsALongTextWithoutTakingLong() {
        assertThat(TimePeriods.parse("2".repeat(1_000_000))).isEmpty();
    }
}
