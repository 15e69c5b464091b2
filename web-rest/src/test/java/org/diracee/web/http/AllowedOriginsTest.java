/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.web.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.diracee.kernel.configuration.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AllowedOriginsTest {

    private static AllowedOrigins of(Object value) {
        return new AllowedOrigins(new Configuration(
                1,
                Map.of(
                        "Systems",
                        Map.of("Framework", Map.of("Services", Map.of("API", Map.of("AllowedOrigins", value)))))));
    }

    @Test
    void areNoneUnlessListed() {
        assertThat(new AllowedOrigins(new Configuration(1, Map.of())).contain("https://portal.example.org"))
                .isFalse();
    }

    @Test
    void areThoseListed() {
        AllowedOrigins origins = of("https://Portal.example.org, http://localhost:3000");
        assertThat(origins.contain("https://portal.example.org")).isTrue();
        assertThat(origins.contain("http://localhost:3000")).isTrue();
        assertThat(origins.contain("https://portal.example.org:8443")).isFalse();
        assertThat(origins.contain("http://portal.example.org")).isFalse();
        assertThat(origins.contain("https://portal.example.org.evil.test")).isFalse();
    }

    @Test
    void mayBeEverySite() {
        assertThat(of("*").contain("https://anything.example.org")).isTrue();
        assertThat(of("*").contain("null")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"https://a.example.org/", "https://a.example.org/x", "a.example.org", "null", "https://*.org"})
    void allowNobodyByAnEntryThatIsNone(String entry) {
        AllowedOrigins origins = of(List.of(entry));
        assertThat(origins.contain(entry)).isFalse();
    }
}
