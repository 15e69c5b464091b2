/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.sitedirector.control;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CeFailuresTest {

    private final CeFailures failures = new CeFailures();

    @Test
    void leavesOneThatFailsAloneForSomeCycles() {
        assertThat(failures.skips("ce", 3)).isFalse();
        assertThat(failures.failed("ce")).isEqualTo(1);
        assertThat(failures.skips("ce", 3)).isTrue();
        assertThat(failures.skips("ce", 3)).isTrue();
        assertThat(failures.skips("ce", 3)).isFalse();
        assertThat(failures.skips("other", 3)).isFalse();
        assertThat(failures.failed("ce")).isEqualTo(2);
        assertThat(failures.skips("ce", 3)).isTrue();
    }

    @Test
    void forgetsOneThatWorksAgain() {
        failures.failed("ce");
        failures.succeeded("ce");
        assertThat(failures.skips("ce", 3)).isFalse();
        assertThat(failures.failed("ce")).isEqualTo(1);
    }
}
