/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.web.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class RequestIdTest {

    @Test
    void keepsAWellFormedIdOfTheClient() {
        assertThat(RequestId.accepted("submit-42:retry.1")).isEqualTo("submit-42:retry.1");
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", "short", "has blank inside", "line\nbreak-in-id", "<script>alert(1)</script>"})
    void replacesWhatCouldSpoilALog(String offered) {
        assertThat(RequestId.accepted(offered)).isNotEqualTo(offered).hasSize(36);
    }
}
