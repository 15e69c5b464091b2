/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.kernel.paging;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.diracee.kernel.error.ErrorCode;
import org.diracee.kernel.error.Problem;
import org.junit.jupiter.api.Test;

class BulkResultTest {

    private static final Problem PROBLEM = new Problem(ErrorCode.CONFLICT, "no");

    @Test
    void ordersBothOutcomesAsAskedAndTakesFailuresFirst() {
        BulkResult<String, Integer> result = BulkResult.inOrder(
                List.of("d", "c", "b", "a"), Map.of("a", 1, "b", 2, "c", 3), Map.of("c", PROBLEM, "d", PROBLEM));

        assertThat(result.success()).containsExactly(Map.entry("b", 2), Map.entry("a", 1));
        assertThat(result.failed()).containsExactly(Map.entry("d", PROBLEM), Map.entry("c", PROBLEM));
    }
}
