/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.framework.idempotency.control;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class IdRangesTest {

    @Test
    void writesRunsShort() {
        assertThat(IdRanges.format(LongStream.rangeClosed(1, 100_000).boxed().toList()))
                .isEqualTo("1-100000");
        assertThat(IdRanges.format(List.of(5L, 6L, 9L, 3L, 2L))).isEqualTo("5-6,9,3,2");
    }

    @Test
    void keepsTheOrder() {
        for (List<Long> ids :
                List.of(List.<Long>of(), List.of(7L), List.of(3L, 2L, 1L), List.of(1L, 2L, 5L, 6L, 7L, 3L))) {
            assertThat(IdRanges.parse(IdRanges.format(ids))).isEqualTo(ids);
        }
    }
}
