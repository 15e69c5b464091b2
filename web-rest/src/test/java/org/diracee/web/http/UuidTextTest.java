/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.web.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.UUID;
import org.diracee.kernel.value.InvalidValue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UuidTextTest {

    @Test
    void readsUuidsInAnyLetterCase() {
        assertThat(UuidText.read("id", "0B6C1F0E-4a57-4f0a-9f5e-3f4c5d0e1a2b"))
                .isEqualTo(UUID.fromString("0b6c1f0e-4a57-4f0a-9f5e-3f4c5d0e1a2b"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "1", "1-1-1-1-1", "0b6c1f0e-4a57-4f0a-9f5e-3f4c5d0e1a2b0", "no-uuid"})
    void refusesTheRest(String text) {
        assertThatThrownBy(() -> UuidText.read("id of a proxy", text))
                .isInstanceOf(InvalidValue.class)
                .hasMessageContaining("id of a proxy");
    }
}
