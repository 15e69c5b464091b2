/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.web.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PreferenceTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "wait=10 | 10",
                "respond-async, wait=5 | 5",
                "Wait = \"7\" | 7",
                "wait=600 | 30",
                "wait=soon | -1",
                "await=3 | -1",
                "respond-async | -1"
            })
    void readsForHowLongTheCallerWouldWait(String prefer, int seconds) {
        assertThat(Preference.waiting(prefer).orElse(-1)).isEqualTo(seconds);
        assertThat(Preference.waiting(null)).isEmpty();
    }
}
