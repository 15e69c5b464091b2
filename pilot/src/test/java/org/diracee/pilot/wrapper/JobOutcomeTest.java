/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.pilot.wrapper;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class JobOutcomeTest {

    @Test
    void readsAsPeopleWouldWriteIt() {
        assertThat(new JobOutcome.Done().text()).isEqualTo("Done");
        assertThat(new JobOutcome.Failed("exit code 1").text()).isEqualTo("Failed: exit code 1");
    }
}
