/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.kernel.configuration;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.diracee.kernel.value.VoName;
import org.junit.jupiter.api.Test;

class ConfigurationTest {

    private final Configuration configuration = new Configuration(
            3,
            Map.of(
                    "Operations",
                    Map.of(
                            "Defaults", Map.of("A", "default", "Hosts", "a,, b ,"),
                            "demo", Map.of("A", "own", "Number", 7, "Flag", true, "List", List.of("x", 2)))));

    @Test
    void everyLeafIsAText() {
        assertThat(configuration.option("Operations/demo/Number")).contains("7");
        assertThat(configuration.option("Operations/demo/Flag")).contains("true");
        assertThat(configuration.option("Operations/demo/List")).contains("x, 2");
        assertThat(configuration.option("Operations/demo")).isEmpty();
        assertThat(configuration.option("Operations/demo/None")).isEmpty();
    }

    @Test
    void aListIsATextWithCommas() {
        assertThat(configuration.list("Operations/Defaults/Hosts")).containsExactly("a", "b");
        assertThat(configuration.list("Operations/demo/List")).containsExactly("x", "2");
        assertThat(configuration.list("Operations/demo")).isEmpty();
    }

    @Test
    void aVoOverridesTheDefaultsOfOperations() {
        assertThat(configuration.operation(new VoName("demo"), "A")).contains("own");
        assertThat(configuration.operation(new VoName("other"), "A")).contains("default");
        assertThat(configuration.operations(new VoName("demo"), "Hosts")).containsExactly("a", "b");
    }
}
