/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.web.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.diracee.kernel.error.InvalidRequest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClientVersionTest {

    @Test
    void ordersAsPythonPackagesDo() {
        List<String> ascending = List.of(
                "0.0.1.dev1",
                "0.0.1a0",
                "0.0.1a1.dev2",
                "0.0.1a1",
                "0.0.1a1.post1",
                "0.0.1a10",
                "0.0.1b1",
                "0.0.1rc1",
                "0.0.1",
                "0.0.1.post1",
                "0.0.2",
                "0.7.0",
                "0.10",
                "1!0.1");
        assertThat(ascending.stream()
                        .map(text -> ClientVersion.parse(text).orElseThrow())
                        .sorted()
                        .map(ClientVersion::toString))
                .containsExactlyElementsOf(ascending);
    }

    @Test
    void takesEqualSpellingsAsEqual() {
        assertThat(ClientVersion.parse("v1.0-ALPHA.1")).isEqualTo(ClientVersion.parse("1.0.0a1"));
        assertThat(ClientVersion.parse("0.7.0+g1234.dirty")).isEqualTo(ClientVersion.parse("0.7"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.0.1a1", "0.7.0", "0.0.1a55.dev3+g12ab", "2"})
    void servesClientsThatAreNewEnough(String version) {
        assertThatCode(() -> ClientVersionFilter.check(version)).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "latest", "1..2", "0.0.1a1 or so", "1.0é"})
    void refusesWhatIsNoVersionAndNamesTheOneNeeded(String version) {
        assertThatThrownBy(() -> ClientVersionFilter.check(version))
                .isInstanceOf(InvalidRequest.class)
                .hasMessage("DiracX-Client-Version is no version number; needed is 0.0.1a1 or newer");
    }

    @Test
    void refusesOlderClientsAndNamesTheOneNeeded() {
        assertThatThrownBy(() -> ClientVersionFilter.check("0.0.1a0"))
                .isInstanceOf(InvalidRequest.class)
                .hasMessage("Client version 0.0.1a0 is not supported; needed is 0.0.1a1 or newer");
    }
}
