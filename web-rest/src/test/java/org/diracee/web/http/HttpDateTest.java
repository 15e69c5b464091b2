/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.web.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class HttpDateTest {

    @Test
    void writesTwoDigitsAndGmt() {
        assertThat(HttpDate.text(Instant.parse("2026-11-03T08:05:09.9Z"))).isEqualTo("Tue, 03 Nov 2026 08:05:09 GMT");
    }

    @Test
    void readsWhatItWrites() {
        Instant time = Instant.parse("2026-11-03T08:05:09Z");
        assertThat(HttpDate.parse(HttpDate.text(time))).contains(time);
        assertThat(HttpDate.parse("2026-11-03")).isEmpty();
    }
}
