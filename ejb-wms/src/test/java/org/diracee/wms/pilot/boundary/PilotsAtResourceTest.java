/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.pilot.boundary;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PilotsAtResourceTest {

    private static PilotsAtResource pilots(long done, long empty, long aborted) {
        return new PilotsAtResource(
                "LCG.CERN.cern",
                Optional.empty(),
                Map.of(PilotStatus.DONE, done, PilotStatus.ABORTED, aborted),
                empty,
                0,
                true);
    }

    @ParameterizedTest(name = "{0} done and {1} aborted pilots are {2}")
    @CsvSource({
        "5, 5, Idle",
        "0, 0, Idle",
        "0, 11, Bad",
        "24, 76, Bad",
        "25, 75, Poor",
        "59, 41, Poor",
        "60, 40, Fair",
        "84, 16, Fair",
        "85, 15, Good",
        "11, 0, Good",
    })
    void areRatedByTheShareThatWasNotAborted(long done, long aborted, String rating) {
        assertThat(pilots(done, 0, aborted).rating().wireName()).isEqualTo(rating);
    }

    @Test
    void tellHowManyPilotsItTakesForOneThatRunsAJob() {
        assertThat(pilots(10, 5, 0).pilotsPerJob()).isEqualTo(2);
        assertThat(pilots(10, 0, 7).pilotsPerJob()).isEqualTo(1);
        assertThat(pilots(3, 3, 0).pilotsPerJob()).isZero();
    }
}
