/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.framework.login.control;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LoginCodesTest {

    @Test
    void userCodesHaveNoVowels() {
        assertThat(LoginCodes.userCode()).matches("[BCDFGHJKLMNPQRSTVWXZ]{8}");
        assertThat(LoginCodes.userCode()).isNotEqualTo(LoginCodes.userCode());
    }

    @Test
    void understandsWhatPeopleType() {
        assertThat(LoginCodes.normalised(" bcdf-GHJK\n")).isEqualTo("BCDFGHJK");
        assertThat(LoginCodes.normalised("<script>")).isEqualTo("SCRIPT");
    }

    @Test
    void deviceCodesAreLongAndUrlSafe() {
        assertThat(LoginCodes.deviceCode()).matches("[A-Za-z0-9_-]{64}");
        assertThat(LoginCodes.hash("code")).hasSize(32).isEqualTo(LoginCodes.hash("code"));
    }
}
