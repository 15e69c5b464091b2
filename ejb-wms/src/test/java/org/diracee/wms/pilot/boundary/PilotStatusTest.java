/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.pilot.boundary;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PilotStatusTest {

    @ParameterizedTest
    @CsvSource({
        "Submitted, true, false",
        "Waiting, true, false",
        "Running, false, false",
        "Unknown, false, false",
        "Done, false, true",
        "Failed, false, true",
        "Aborted, false, true",
        "Deleted, false, true",
    })
    void hasTheSetsOfTheReference(String name, boolean waiting, boolean last) {
        PilotStatus status = PilotStatus.ofWireName(name).orElseThrow();

        assertThat(status.isWaiting()).isEqualTo(waiting);
        assertThat(status.isFinal()).isEqualTo(last);
    }

    @Test
    void hasNoOthers() {
        assertThat(PilotStatus.values()).hasSize(8);
        assertThat(PilotStatus.ofWireName("running")).isEmpty();
    }
}
