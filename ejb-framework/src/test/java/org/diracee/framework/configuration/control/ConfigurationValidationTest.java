/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.framework.configuration.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.diracee.framework.configuration.boundary.Finding.Severity.ERROR;
import static org.diracee.framework.configuration.boundary.Finding.Severity.WARNING;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.diracee.framework.configuration.boundary.DeclaredOptions;
import org.diracee.framework.configuration.boundary.Finding;
import org.diracee.kernel.configuration.Configuration;
import org.diracee.kernel.configuration.DeclaredOption;
import org.diracee.kernel.configuration.OptionType;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConfigurationValidationTest {

    private static final DeclaredOptions DECLARED = () -> List.of(
            DeclaredOption.of(
                    "Systems/W/Agents/StalledJobAgent/StalledTime", OptionType.seconds(1), "4500", "Silence.", "test"),
            DeclaredOption.of(
                    "Operations/{vo}/JobScheduling/MaxRescheduling",
                    OptionType.wholeNumber(0, 100),
                    "3",
                    "Most.",
                    "test"),
            DeclaredOption.of(
                    "Resources/Sites/[{grid}/]{site}/[CEs/{ce}/[Queues/{queue}/]]MaxRAM",
                    OptionType.wholeNumber(0).in("MB"),
                    "Memory.",
                    "test"),
            DeclaredOption.of("Resources/IdProviders/{provider}/client_secret", OptionType.text(), "Secret.", "test"));

    private final ConfigurationSchema schema = new ConfigurationSchema(List.of(DECLARED));
    private final ConfigurationValidation validation = new ConfigurationValidation(schema, List.of());

    private List<Finding> check(String path, Object value) {
        return validation.check(configuration(path, value));
    }

    private static Configuration configuration(String path, Object value) {
        Object here = value;
        String[] names = path.split("/");
        for (int at = names.length - 1; at >= 0; at--) {
            here = Map.of(names[at], here);
        }
        return new Configuration(1, (Map<String, ?>) (Map<?, ?>) Map.copyOf((Map<?, ?>) here));
    }

    @Nested
    class OneOption {

        @Test
        void thatIsRightIsNotMentioned() {
            assertThat(check("Systems/W/Agents/StalledJobAgent/StalledTime", "300"))
                    .isEmpty();
            assertThat(check("Operations/Defaults/JobScheduling/MaxRescheduling", 3))
                    .isEmpty();
            assertThat(check("Resources/Sites/LCG/LCG.CERN.ch/CEs/ce/Queues/q/MaxRAM", "1"))
                    .isEmpty();
            assertThat(check("Resources/Sites/LCG.CERN.ch/MaxRAM", "1")).isEmpty();
        }

        @Test
        void thatIsWrongIsAnErrorThatSaysWhatIsAllowed() {
            assertThat(check("Systems/W/Agents/StalledJobAgent/StalledTime", "long"))
                    .containsExactly(new Finding(
                            ERROR,
                            "/Systems/W/Agents/StalledJobAgent/StalledTime",
                            "long",
                            "The value is wrong: allowed is a number of seconds, 1 or more (s)."));
            assertThat(check("Operations/demo/JobScheduling/MaxRescheduling", "101"))
                    .singleElement()
                    .satisfies(finding -> assertThat(finding.message()).contains("from 0 to 100"));
        }

        @Test
        void thatNobodyKnowsIsAWarningWithTheSpellingThatWasMeant() {
            assertThat(check("Operations/demo/JobScheduling/MaxReschedulings", "1"))
                    .containsExactly(new Finding(
                            WARNING,
                            "/Operations/demo/JobScheduling/MaxReschedulings",
                            "1",
                            "No option of this name is known here. Is MaxRescheduling meant?"));
            assertThat(check("Operations/demo/JobScheduling/Wonderful", "1"))
                    .singleElement()
                    .satisfies(finding -> assertThat(finding.message()).doesNotContain("meant"));
        }

        @Test
        void thatOnlyDiracKnowsIsNotMentioned() {
            assertThat(check("DIRAC/Configuration/RefreshTime", "300")).isEmpty();
            assertThat(check("Operations/lhcb/ResourceStatus/Policies/Any/Thing", "x"))
                    .isEmpty();
            assertThat(check("Registry/Groups/lhcb_user/AutoUploadProxy", "True"))
                    .isEmpty();
            assertThat(check("Registry/lhcb/DefaultStorageQuota", "10")).isEmpty();
        }
    }

    @Nested
    class ASection {

        @Test
        void thatNobodyKnowsIsToldOnce() {
            assertThat(check("Ressources/Sites/A.b.c", Map.of("MaxRAM", "1", "Other", "2")))
                    .containsExactly(new Finding(
                            WARNING, "/Ressources", "", "No section of this name is known here. Is Resources meant?"));
        }

        @Test
        void inPlaceOfAnOptionIsAnErrorAndTheReverseAWarning() {
            assertThat(check("Operations/demo/JobScheduling/MaxRescheduling/X", "1"))
                    .singleElement()
                    .satisfies(finding -> assertThat(finding.severity()).isEqualTo(ERROR));
            assertThat(check("Operations/demo/JobScheduling", "1"))
                    .singleElement()
                    .satisfies(finding -> assertThat(finding.severity()).isEqualTo(WARNING));
        }

        @Test
        void thatWeReadOptionsOfIsNotCoveredByWhatIsKnownInGeneral() {
            assertThat(check("Systems/W/Agents/StalledJobAgent/StaledTime", "1"))
                    .singleElement()
                    .satisfies(finding -> assertThat(finding.message()).endsWith("Is StalledTime meant?"));
            assertThat(check("Systems/W/Agents/StalledJobAgent/MaxCycles", "1")).isEmpty();
            assertThat(check("Systems/W/Agents/OtherAgent/StaledTime", "1")).isEmpty();
        }

        @Test
        void thatDiracReservesIsNoVo() {
            assertThat(check("Registry/Users/alice/IdP/URL", "x")).isNotEmpty();
        }
    }

    @Nested
    class ASecret {

        private static final String JWT = "eyJhbGciOiJFZDI1NTE5In0.eyJzdWIiOiJhbGljZSJ9.c2lnbmF0dXJl";

        @ParameterizedTest
        @CsvSource({
            "Systems/W/Databases/JobDB/Password, hunter2",
            "Resources/IdProviders/iam/client_secret, hunter2",
            "DiracX/LegacyExchangeApiKey, hunter2",
            "No/Body/Knows/PrivateKey, hunter2",
            "Operations/demo/Pilot/AccessToken, hunter2",
            "Operations/demo/JobScheduling/MaxRescheduling, " + JWT,
            "Registry/Users/alice/Email, -----BEGIN PRIVATE KEY----- hunter2",
            "Systems/W/Databases/JobDB/Host, mysql://dirac:hunter2@db.example.org/jobs"
        })
        void isAnErrorThatDoesNotRepeatIt(String path, String value) {
            assertThat(check(path, value))
                    .anySatisfy(finding -> {
                        assertThat(finding.severity()).isEqualTo(ERROR);
                        assertThat(finding.path()).isEqualTo("/" + path);
                        assertThat(finding.message()).contains("credential:<alias>");
                    })
                    .allSatisfy(finding ->
                            assertThat(finding.toString()).doesNotContain("hunter2", "eyJ", "BEGIN PRIVATE"));
        }

        @ParameterizedTest
        @CsvSource({
            "Resources/IdProviders/iam/client_secret, credential:iam",
            "Resources/IdProviders/iam/client_secret, ''",
            "Resources/StorageElements/CERN/SpaceToken, LHCb-Tape",
            "DIRAC/Security/UseTokens, yes",
            "DIRAC/Configuration/Servers, dips://dirac@cs.example.org:9135/Configuration/Server",
            "Operations/demo/Pilot/SecretLifetime, 60"
        })
        void isNotSeenWhereThereIsNone(String path, String value) {
            assertThat(check(path, value)).isEmpty();
        }

        @Test
        void isNotRepeatedByWhatAFeatureFinds() {
            Configuration leak = configuration("Registry/DefaultGroup", JWT);
            ConfigurationValidation withCheck = new ConfigurationValidation(
                    schema, List.of(any -> List.of(Finding.warning("Registry/DefaultGroup", JWT, JWT))));

            assertThat(withCheck.check(leak).toString()).doesNotContain(JWT);
        }
    }

    @Test
    void addsWhatFeaturesFindAndTellsOneErrorOnce() {
        Finding again = Finding.error("Operations/demo/JobScheduling/MaxRescheduling", "x", "Again.");
        Finding other = Finding.warning("Operations/demo", "", "Other.");
        ConfigurationValidation withCheck = new ConfigurationValidation(schema, List.of(any -> List.of(again, other)));

        assertThat(withCheck.check(configuration("Operations/demo/JobScheduling/MaxRescheduling", "x")))
                .hasSize(2)
                .contains(other)
                .doesNotContain(again);
    }

    @Test
    void findsTheDeclarationOfAPath() {
        assertThat(schema.declaration("/Operations/Defaults/JobScheduling/MaxRescheduling"))
                .hasValueSatisfying(option -> assertThat(option.standard()).contains("3"));
        assertThat(schema.declaration("DIRAC/Setup")).isEmpty();
    }

    @Test
    void readsALargeDocumentInNoTime() {
        Map<String, Object> users = new LinkedHashMap<>();
        for (int number = 0; number < 10_000; number++) {
            users.put("user" + number, Map.of("DN", "/DC=test/CN=user" + number, "CA", "/DC=test/CN=CA", "Mial", "x"));
        }
        Configuration large = configuration("Registry/Users", users);

        long before = System.nanoTime();
        assertThat(validation.check(large)).hasSizeGreaterThanOrEqualTo(10_000);
        assertThat(System.nanoTime() - before).isLessThan(5_000_000_000L);
    }
}
