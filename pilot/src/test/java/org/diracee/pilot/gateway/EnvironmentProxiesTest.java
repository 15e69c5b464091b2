/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.pilot.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EnvironmentProxiesTest {

    private static String proxy(Map<String, String> environment, String uri) {
        return new EnvironmentProxies(environment)
                .proxy(URI.create(uri))
                .map(address -> address.getHostString() + ":" + address.getPort())
                .orElse("none");
    }

    @ParameterizedTest
    @CsvSource({
        "http://proxy.site:8080, proxy.site:8080",
        "proxy.site:8080,        proxy.site:8080",
        "http://proxy.site/,     proxy.site:3128",
        "'',                     none",
        "http://a b,             none",
    })
    void areReadAsOthersReadThem(String text, String expected) {
        assertThat(proxy(Map.of("https_proxy", text), "https://dirac.example:8443/api"))
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "https://dirac.example,      'other.example',           proxy:1",
        "https://dirac.example,      'other, dirac.example',    none",
        "https://www.dirac.example,  '.dirac.example',          none",
        "https://www.dirac.example,  'dirac.example:443',       none",
        "https://xdirac.example,     'dirac.example',           proxy:1",
        "https://dirac.example,      '*',                       none",
        "https://localhost,          '',                        none",
        "https://127.0.0.1:8443,     '',                        none",
    })
    void areNotUsedForWhatIsExempt(String uri, String exempt, String expected) {
        assertThat(proxy(Map.of("HTTPS_PROXY", "http://proxy:1", "no_proxy", exempt), uri))
                .isEqualTo(expected);
    }

    @Test
    void areOnlyThoseOfTheProtocol() {
        assertThat(proxy(Map.of("http_proxy", "http://proxy:1"), "https://dirac.example"))
                .isEqualTo("none");
        assertThat(proxy(Map.of("http_proxy", "http://proxy:1"), "http://sandboxes.example"))
                .isEqualTo("proxy:1");
    }
}
