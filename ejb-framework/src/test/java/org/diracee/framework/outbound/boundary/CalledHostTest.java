/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.framework.outbound.boundary;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CalledHostTest {

    @ParameterizedTest
    @CsvSource({
        "iam.test, ELSEWHERE",
        "10.1.2.3, PRIVATE",
        "172.16.0.1, PRIVATE",
        "172.32.0.1, ELSEWHERE",
        "100.64.0.1, PRIVATE",
        "198.18.0.1, PRIVATE",
        "255.255.255.255, PRIVATE",
        "[fd00::1], PRIVATE",
        "[2002:7f00:1::], PRIVATE",
        "[64:ff9b::7f00:1], PRIVATE",
        "[::7f00:1], PRIVATE",
        "[::ffff:10.1.2.3], PRIVATE",
        "192.168.1.1, PRIVATE",
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
    void knowsWhereAHostIs(String host, CalledHost where) {
        assertThat(CalledHost.of(host)).isEqualTo(where);
    }
}
