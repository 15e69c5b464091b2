/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.kernel.configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.diracee.kernel.value.VoName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class DeclaredOptionTest {

    private static final Configuration EMPTY = new Configuration(1, Map.of());
    private static final VoName VO = new VoName("demo");

    private static final DeclaredOption<Duration> STALLED_TIME = DeclaredOption.of(
            "Systems/WorkloadManagement/Agents/StalledJobAgent/StalledTime",
            OptionType.seconds(1),
            "4500",
            "How long a job may be silent.",
            "WMS reference 14");

    private static Configuration configuration(String path, Object value) {
        int slash = path.indexOf('/');
        return slash < 0
                ? new Configuration(1, Map.of(path, value))
                : new Configuration(
                        1,
                        Map.of(
                                path.substring(0, slash),
                                configuration(path.substring(slash + 1), value).tree()));
    }

    @Nested
    class AnOptionOfASystem {

        @Test
        void isReadInItsUnit() {
            assertThat(STALLED_TIME.read(configuration(STALLED_TIME.path().pattern(), "0.5e2")))
                    .isEqualTo(Duration.ofSeconds(50));
        }

        @Test
        void hasItsDefaultUnlessGiven() {
            assertThat(STALLED_TIME.read(EMPTY)).isEqualTo(Duration.ofMinutes(75));
            assertThat(STALLED_TIME.read(configuration(STALLED_TIME.path().pattern(), " ")))
                    .isEqualTo(Duration.ofMinutes(75));
            assertThat(STALLED_TIME.find(EMPTY)).isEmpty();
        }

        @Test
        void saysWhereItIsWrongAndWhatIsAllowed() {
            Configuration wrong = configuration(STALLED_TIME.path().pattern(), "long");

            assertThatThrownBy(() -> STALLED_TIME.read(wrong))
                    .isInstanceOf(InvalidOption.class)
                    .hasMessage("The option Systems/WorkloadManagement/Agents/StalledJobAgent/StalledTime is 'long': "
                            + "allowed is a number of seconds, 1 or more");
        }

        @Test
        void mustBeGivenIfItHasNoDefault() {
            DeclaredOption<String> type =
                    DeclaredOption.of("Resources/StorageElements/{se}/BackendType", OptionType.text(), "Kind.", "test");

            assertThatThrownBy(() -> type.read(EMPTY, "CERN-USER"))
                    .isInstanceOf(InvalidOption.class)
                    .hasMessage(
                            "The option Resources/StorageElements/CERN-USER/BackendType is not given: allowed is a text");
        }
    }

    @Nested
    class AnOptionOfOperations {

        private final DeclaredOption<Integer> most = DeclaredOption.of(
                "Operations/{vo}/JobScheduling/MaxRescheduling", OptionType.smallNumber(0), "3", "Most.", "test");

        @Test
        void isTheVosOverTheDefaults() {
            Map<String, ?> defaults = Map.of("JobScheduling", Map.of("MaxRescheduling", "5"));
            Map<String, ?> own = Map.of("JobScheduling", Map.of("MaxRescheduling", 7));

            assertThat(most.read(EMPTY, VO)).isEqualTo(3);
            assertThat(most.read(new Configuration(1, Map.of("Operations", Map.of("Defaults", defaults))), VO))
                    .isEqualTo(5);
            assertThat(most.read(
                            new Configuration(1, Map.of("Operations", Map.of("Defaults", defaults, "demo", own))), VO))
                    .isEqualTo(7);
        }

        @Test
        void withoutAValueOfTheVoIsThatForAllVos() {
            Map<String, ?> defaults = Map.of("JobScheduling", Map.of("MaxRescheduling", "5"));
            Map<String, ?> own = Map.of("JobScheduling", Map.of("MaxRescheduling", " "));

            assertThat(most.read(
                            new Configuration(1, Map.of("Operations", Map.of("Defaults", defaults, "demo", own))), VO))
                    .isEqualTo(5);
        }

        @Test
        void isToldByThePathWhereItWasFound() {
            assertThatThrownBy(() ->
                            most.read(configuration("Operations/Defaults/JobScheduling/MaxRescheduling", "-1"), VO))
                    .hasMessageContaining("Operations/Defaults/JobScheduling/MaxRescheduling is '-1'");
        }
    }

    @Nested
    class AnOptionOfAQueue {

        private final DeclaredOption<Long> ram = DeclaredOption.of(
                "Resources/Sites/[{grid}/]{site}/[CEs/{ce}/[Queues/{queue}/]]MaxRAM",
                OptionType.wholeNumber(0).in("MB"),
                "2048",
                "Memory.",
                "test");

        @Test
        void isReadFromTheNearestLevel() {
            Configuration site = configuration("Resources/Sites/A.b.c", Map.of("MaxRAM", "1", "CEs", Map.of()));
            List<String> levels = List.of("Resources/Sites/A.b.c/CEs/ce", "Resources/Sites/A.b.c");

            assertThat(ram.readIn(site, levels)).isEqualTo(1);
            assertThat(ram.readIn(configuration("Resources/Sites/A.b.c/CEs/ce/MaxRAM", "4"), levels))
                    .isEqualTo(4);
            assertThat(ram.readIn(EMPTY, levels)).isEqualTo(2048);
            assertThat(ram.all(site, levels)).containsExactly(1L);
        }

        @Test
        void isReadAmongOptionsThatWereCollected() {
            assertThat(ram.findAmong(Map.of("MaxRAM", "7"), "A.b.c/ce")).contains(7L);
            assertThat(ram.findAmong(Map.of(), "A.b.c/ce")).isEmpty();
            assertThatThrownBy(() -> ram.findAmong(Map.of("MaxRAM", "x"), "A.b.c/ce"))
                    .hasMessageContaining("A.b.c/ce/MaxRAM");
        }

        @Test
        void mayStandInSeveralPlaces() {
            assertThat(ram.path().variants())
                    .containsExactly(
                            "Resources/Sites/{grid}/{site}/CEs/{ce}/Queues/{queue}/MaxRAM",
                            "Resources/Sites/{grid}/{site}/CEs/{ce}/MaxRAM",
                            "Resources/Sites/{grid}/{site}/MaxRAM",
                            "Resources/Sites/{site}/CEs/{ce}/Queues/{queue}/MaxRAM",
                            "Resources/Sites/{site}/CEs/{ce}/MaxRAM",
                            "Resources/Sites/{site}/MaxRAM");
            assertThat(ram.path().name()).isEqualTo("MaxRAM");
            assertThat(ram.type().unit()).isEqualTo("MB");
        }
    }

    @Test
    void refusesADeclarationThatCannotBeMeant() {
        assertThatThrownBy(() -> DeclaredOption.of("A/B", OptionType.wholeNumber(5), "4", "Wrong.", "test"))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new OptionPath("A/{b/C")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new OptionPath("A/[B")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new OptionPath("A/{b}/C").at()).isInstanceOf(IllegalArgumentException.class);
    }
}
