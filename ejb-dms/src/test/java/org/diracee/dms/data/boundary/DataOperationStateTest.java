/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.dms.data.boundary;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DataOperationStateTest {

    /** Which states each may go to, in the order of the enum. */
    @ParameterizedTest
    @CsvSource({
        "WAITING, 1111111",
        "RUNNING, 1111111",
        "CLEANING, 0011111",
        "DONE, 0011000",
        "FAILED, 0010100",
        "EXPIRED, 0010010",
        "CANCELLED, 0010001"
    })
    void goesOnlyWhereTheTableSays(DataOperationState from, String allowed) {
        for (DataOperationState to : DataOperationState.values()) {
            assertThat(from.allows(to)).as("%s to %s", from, to).isEqualTo(allowed.charAt(to.ordinal()) == '1');
        }
        assertThat(DataOperationState.parse(from.text())).isEqualTo(from);
        assertThat(from.isOpen()).isEqualTo(from.ordinal() < DataOperationState.DONE.ordinal());
    }
}
