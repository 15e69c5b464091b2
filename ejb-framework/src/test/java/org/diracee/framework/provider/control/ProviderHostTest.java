/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.framework.provider.control;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProviderHostTest {

    @ParameterizedTest
    @CsvSource({
        "iam.test, ELSEWHERE",
        "10.1.2.3, ELSEWHERE",
        "192.168.1.1, ELSEWHERE",
        "[2001:db8::1], ELSEWHERE",
        "localhost, LOOPBACK",
        "LOCALHOST, LOOPBACK",
        "127.0.0.1, LOOPBACK",
        "127.8.9.10, LOOPBACK",
        "[::1], LOOPBACK",
        "[::ffff:127.0.0.1], LOOPBACK",
        "169.254.169.254, NEVER",
        "[fe80::1], NEVER",
        "[::ffff:169.254.169.254], NEVER",
        "0.0.0.0, NEVER",
        "[::], NEVER",
        "224.0.0.1, NEVER",
        "2130706433, NEVER",
        "0x7f000001, NEVER",
        "127.1, NEVER",
        "0177.0.0.1x, NEVER",
        "999.1.1.1, NEVER",
        "3com.test, ELSEWHERE"
    })
    void knowsWhereAHostIs(String host, ProviderHost where) {
        assertThat(ProviderHost.of(host)).isEqualTo(where);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://localhost/",
                "https://127.0.0.1:8443/realms/a",
                "https://[::1]/",
                "https://169.254.169.254/latest/meta-data/",
                "http://iam.test/",
                "file:///etc/passwd",
                "https://user@iam.test/"
            })
    void nothingOfThisMachineAndNothingWithoutTlsIsCalled(String url) {
        assertThat(ProviderOptions.isAllowed(URI.create(url), false)).isFalse();
    }
}
