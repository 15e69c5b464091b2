/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.framework.access.boundary;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.diracee.framework.configuration.boundary.ConfigurationEditing;
import org.diracee.framework.configuration.boundary.Finding;
import org.diracee.framework.fixture.Documents;
import org.diracee.framework.registry.boundary.UserRegistration;
import org.diracee.framework.token.boundary.Sessions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AccessRuleCheckTest {

    private static final String SESSIONS = "Systems/Framework/Services/Sessions/Authorization/";

    private final AccessRuleCheck check = new AccessRuleCheck(
            new Operations(List.of(Sessions.class, ConfigurationEditing.class, UserRegistration.class)));

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Framework/Services/Sessions/Authorization/lst = Operator | WARNING | Is list meant?",
                "Framework/Services/Sessions/Authorization/kill = Operator | WARNING | There is list, revoke.",
                "Framework/Services/Session/Authorization/list = Operator | WARNING | Is Systems/Framework/Services/Sessions meant?",
                "Framework/Services/Sessions/Authorization/list = Operater | ERROR | Is Operator meant?",
                "Framework/Services/Sessions/Authorization/list = group:demo_usr | WARNING | Is demo_user meant?",
                "Framework/Services/Sessions/Authorization/list = vo:demmo | WARNING | Is demo meant?",
                "Framework/Services/Sessions/Authorization/list = any | WARNING | nobody calls a service without credentials",
                "Framework/Services/Sessions/Authorization/Default = Operator | WARNING | It has no effect",
                "Framework/Services/UserRegistration/Authorization/register = Operator | WARNING | and no user",
                "Configuration/Services/ConfigurationEditing/Authorization/commit = NormalUser | ERROR | cannot be changed"
            })
    void namesWhatIsWrongAndWhatIsMeant(String line, String severity, String message) {
        List<Finding> findings = check.check(
                Documents.of("Systems/" + line + "\nRegistry/demo/Groups/demo_user/Properties = NormalUser"));

        assertThat(findings).singleElement().satisfies(finding -> {
            assertThat(finding.severity().name()).isEqualTo(severity);
            assertThat(finding.message()).contains(message);
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "list = authenticated",
                "list = operator, JobAdministrator",
                "revoke = group:demo_user, vo:demo",
            })
    void findsNothingInWhatIsRight(String rule) {
        assertThat(check.check(
                        Documents.of(SESSIONS + rule + "\nRegistry/demo/Groups/demo_user/Properties = NormalUser")))
                .isEmpty();
    }

    @Test
    void leavesTheRulesOfDiracsOwnServicesAlone() {
        assertThat(check.check(Documents.of(
                        "Systems/DataManagement/Services/FileCatalog/Authorization/addFile = StorageManagement")))
                .isEmpty();
    }
}
