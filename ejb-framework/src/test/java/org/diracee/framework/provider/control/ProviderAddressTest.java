/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.framework.provider.control;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProviderAddressTest {

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
