/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.framework.token.control;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class UuidV7Test {

    @Test
    void carriesItsTimeVersionAndVariant() {
        Instant instant = Instant.parse("2026-11-22T12:00:00.123Z");

        UUID uuid = UuidV7.at(instant);

        assertThat(uuid.version()).isEqualTo(7);
        assertThat(uuid.variant()).isEqualTo(2);
        assertThat(UuidV7.instantOf(uuid)).isEqualTo(instant);
        assertThat(UuidV7.hex(uuid)).matches("[0-9a-f]{32}");
        assertThat(UuidV7.at(instant)).isNotEqualTo(uuid);
    }
}
