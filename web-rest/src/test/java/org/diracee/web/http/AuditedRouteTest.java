/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.web.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AuditedRouteTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "GET | /api/auth/userinfo | GET /api/auth/userinfo",
                "DELETE | /api/auth/refresh-tokens/01a20320-a3f4-7a78 | DELETE /api/auth/refresh-tokens/*",
                "GET | /api/jobs/17;x=y | GET /api/jobs/*",
                "GET | //api//jobs%2f..;a/ | GET /api/*",
                "GET | / | GET /",
                "GET | /a/b/c/d/e/f/g/h | GET /a/b/c/d/e/f",
                "DANCE | /api | * /api",
            })
    void keepsTheWordsOfARouteAndNothingElse(String method, String path, String audited) {
        assertThat(AuditedRoute.of(method, path)).isEqualTo(audited);
    }
}
