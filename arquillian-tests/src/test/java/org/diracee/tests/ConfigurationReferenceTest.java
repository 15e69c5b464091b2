/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.tests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Collectors;
import org.diracee.framework.configuration.control.ConfigurationSchema;
import org.junit.jupiter.api.Test;

/** The reference of options says what the code declares. */
class ConfigurationReferenceTest {

    private static final String RENEW = "mvn -pl arquillian-tests -am test -Dtest=ConfigurationReferenceTest"
            + " -Dsurefire.failIfNoSpecifiedTests=false -Ddocs.renew=true";

    private final ConfigurationSchema schema = ConfigurationReference.schema();

    @Test
    void knowsTheOptionsOfAllModules() {
        assertThat(schema.declaration("Systems/Framework/Services/Token/Issuer"))
                .isPresent();
        assertThat(schema.declaration("Systems/WorkloadManagement/Agents/SiteDirector/PollingTime"))
                .isPresent();
        assertThat(schema.declaration("Operations/Defaults/JobScheduling/MatchedLease"))
                .isPresent();
    }

    @Test
    void knowsNoOptionAsUnreadThatIsActedOn() {
        Set<String> declared = schema.declared().stream()
                .flatMap(option -> option.path().variants().stream())
                .collect(Collectors.toSet());

        assertThat(schema.known()).flatMap(option -> option.path().variants()).doesNotContainAnyElementsOf(declared);
    }

    @Test
    void isInTheDocuments() throws IOException {
        Path file = Path.of(System.getProperty("project.root", ".."), "docs/reference/configuration.md");
        String current = ConfigurationReference.text(schema);
        if (Boolean.getBoolean("docs.renew")) {
            Files.writeString(file, current);
        }

        assertThat(file).as("Renew it: " + RENEW).exists();
        assertThat(Files.readString(file))
                .as("%s is stale. Renew it: %s", file, RENEW)
                .isEqualTo(current);
    }
}
