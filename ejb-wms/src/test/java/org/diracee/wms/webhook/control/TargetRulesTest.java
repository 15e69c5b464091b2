/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.webhook.control;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import org.diracee.kernel.error.InvalidRequest;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TargetRulesTest {

    private static final TargetRules STRICT = new TargetRules(false, false);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://example.org/",
                "https://localhost/",
                "https://127.0.0.1/",
                "http://127.0.0.1/",
                "https://[::1]/",
                "https://10.0.0.1/",
                "https://192.168.0.1/",
                "https://[fd00::1]/",
                "https://169.254.169.254/",
                "https://0x7f.1/",
                "https://2130706433/",
                "https://user:secret@example.org/",
                "https://example.org/#part",
                "ftp://example.org/",
                "file:///etc/passwd",
                "https:/path",
                "hook"
            })
    void refusesWhatOnlyThisServerReaches(String url) {
        assertThatThrownBy(() -> STRICT.require(URI.create(url)))
                .isInstanceOf(InvalidRequest.class)
                .hasMessageStartingWith("url: ");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            hook                             | it names no host
            https://user:secret@example.org/ | a user before the host
            https://example.org/#part        | what follows #
            https://localhost/               | the server's own machine
            https://10.0.0.1/                | in a private network
            https://169.254.169.254/         | nowhere where a server may be
            http://example.org/              | its scheme is not https
            """)
    void saysWhatIsWrongWithAnAddressWithoutRepeatingIt(String url, String reason) {
        assertThatThrownBy(() -> STRICT.require(URI.create(url)))
                .hasMessageContaining(reason)
                .hasMessageNotContaining("secret");
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://example.org/hook?a=b", "https://example.org:8443", "https://192.0.2.7/"})
    void allowsTheInternet(String url) {
        assertThatCode(() -> STRICT.require(URI.create(url))).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://localhost:8080/", "https://127.0.0.1/", "https://10.0.0.1/"})
    void theConfigurationCanAllowMore(String url) {
        assertThatCode(() -> new TargetRules(true, true).require(URI.create(url)))
                .doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://169.254.169.254/", "http://10.0.0.1/", "http://example.org/", "https://0.0.0.0/"})
    void somethingIsNeverAllowed(String url) {
        assertThatThrownBy(() -> new TargetRules(true, true).require(URI.create(url)))
                .isInstanceOf(InvalidRequest.class);
    }
}
