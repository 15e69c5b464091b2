/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.framework.configuration.boundary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.diracee.framework.configuration.control.ConfigurationSchema;
import org.diracee.framework.configuration.control.HeldConfiguration;
import org.diracee.kernel.access.Caller;
import org.diracee.kernel.configuration.DeclaredOption;
import org.diracee.kernel.configuration.OptionType;
import org.diracee.kernel.value.GroupName;
import org.diracee.kernel.value.UserName;
import org.diracee.kernel.value.VoName;
import org.junit.jupiter.api.Test;

class ConfigurationReadingTest {

    private static final Caller ALICE =
            new Caller.User("a-1", new UserName("alice"), new GroupName("demo_user"), new VoName("demo"), Set.of());
    private static final Instant MONDAY = Instant.parse("2026-11-23T08:00:00.123456Z");
    private static final HeldConfiguration HELD = HeldConfiguration.read(
            new Revision(7, "abc", "admin", "user:demo:admin-1", "192.0.2.1", "because", MONDAY), """
            Operations
            {
              Defaults
              {
                # not more than ten
                Tries = 3
                Hosts = a, b
              }
              demo
              {
                Tries = 5
                Hosts =
                Remark =
              }
            }
            """);

    private final ConfigurationReading reading = new ConfigurationReading(
            new ConfigurationService() {
                @Override
                public HeldConfiguration held() {
                    return HELD;
                }
            },
            new ConfigurationRevisions() {
                @Override
                public Optional<HeldConfiguration> find(long revision) {
                    return Optional.empty();
                }
            },
            new ConfigurationSchema(List.<DeclaredOptions>of(() -> List.of(
                    DeclaredOption.of(
                            "Operations/{vo}/Tries", OptionType.wholeNumber(0, 10), "1", "How often.", "test"),
                    DeclaredOption.of("Operations/{vo}/Hosts", OptionType.texts(), "Where.", "test"),
                    DeclaredOption.of("Operations/{vo}/Patience", OptionType.seconds(1), "60", "How long.", "test")))));

    @Test
    void tellsTheHashAndTheTimeOfTheRevisionInForce() {
        assertThat(reading.current(ALICE)).isEqualTo(new CurrentConfiguration(HELD.snapshot(), "abc", MONDAY));
    }

    @Test
    void showsASectionWithItsCommentsAsText() {
        ConfigurationReading.ConfigurationText text =
                reading.text(ALICE, "/Operations/Defaults", TextFormat.CFG, Optional.empty());

        assertThat(text.revision().number()).isEqualTo(7);
        assertThat(text.text()).isEqualTo("# not more than ten\nTries = 3\nHosts = a, b\n");
    }

    @Test
    void writesNumbersAndListsAsYamlHasThem() {
        assertThat(reading.text(ALICE, "/", TextFormat.YAML, Optional.empty()).text())
                .contains("Tries: 5")
                .contains("- a");
    }

    @Test
    void namesAPathThatDoesNotExist() {
        assertThatThrownBy(() -> reading.text(ALICE, "/Nowhere", TextFormat.CFG, Optional.empty()))
                .isInstanceOf(NoSuchEntry.class)
                .hasMessageContaining("/Nowhere");
    }

    @Test
    void namesARevisionThatDoesNotExist() {
        assertThatThrownBy(() -> reading.text(ALICE, "/", TextFormat.CFG, Optional.of(9L)))
                .isInstanceOf(NoSuchRevision.class)
                .hasMessageContaining("1 to 7");
    }

    @Test
    void theOwnValueOfAVoCountsBeforeThatOfAllAndThatBeforeTheDefault() {
        assertThat(reading.option(ALICE, "/Operations/demo/Tries", Optional.empty()))
                .satisfies(option -> {
                    assertThat(option.value()).contains("5");
                    assertThat(option.source()).contains("/Operations/demo/Tries");
                });
        assertThat(reading.option(ALICE, "/Operations/other/Tries", Optional.empty()))
                .satisfies(option -> {
                    assertThat(option.value()).contains("3");
                    assertThat(option.source()).contains("/Operations/Defaults/Tries");
                });
        assertThat(reading.option(ALICE, "/Operations/demo/Patience", Optional.empty()))
                .satisfies(option -> {
                    assertThat(option.value()).contains("60");
                    assertThat(option.source()).isEmpty();
                    assertThat(option.declaration()).isPresent();
                });
    }

    @Test
    void anOptionThatIsActedOnAndHasNoValueCountsAsNotGiven() {
        assertThat(reading.option(ALICE, "/Operations/demo/Hosts", Optional.empty()))
                .satisfies(option -> {
                    assertThat(option.value()).contains("a, b");
                    assertThat(option.source()).contains("/Operations/Defaults/Hosts");
                });
        assertThat(reading.option(ALICE, "/Operations/demo/Remark", Optional.empty()))
                .satisfies(option -> {
                    assertThat(option.value()).contains("");
                    assertThat(option.source()).contains("/Operations/demo/Remark");
                });
    }

    @Test
    void aVoCanBeNamedBesideThePath() {
        assertThat(reading.option(ALICE, "Tries", Optional.of("demo")).value()).contains("5");
        assertThat(reading.option(ALICE, "/Operations/Defaults/Tries", Optional.of("demo"))
                        .source())
                .contains("/Operations/demo/Tries");
        assertThat(reading.option(ALICE, "Tries", Optional.of("other")).source())
                .contains("/Operations/Defaults/Tries");
    }

    @Test
    void anUnknownOptionHasNeitherValueNorDeclaration() {
        assertThat(reading.option(ALICE, "/Nothing/Here", Optional.empty())).satisfies(option -> {
            assertThat(option.value()).isEmpty();
            assertThat(option.declaration()).isEmpty();
        });
    }
}
