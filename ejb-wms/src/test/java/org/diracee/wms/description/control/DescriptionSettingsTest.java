/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.description.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.diracee.kernel.configuration.Configuration;
import org.diracee.kernel.configuration.InvalidOption;
import org.diracee.kernel.value.VoName;
import org.diracee.wms.description.control.DescriptionLimits.Bounds;
import org.junit.jupiter.api.Test;

class DescriptionSettingsTest {

    private static final VoName VO = new VoName("demo");

    private static DescriptionLimits limits(Map<String, ?> operations, Map<String, ?> resources) {
        return new DescriptionSettings(new Configuration(1, Map.of("Operations", operations, "Resources", resources)))
                .limits(VO);
    }

    @Test
    void hasDefaultsForAnEmptyConfiguration() {
        DescriptionLimits limits = limits(Map.of(), Map.of());

        assertThat(limits.cpuTime()).isEqualTo(new Bounds(100, 500_000, 86_400));
        assertThat(limits.priority()).isEqualTo(new Bounds(0, 10, 1));
        assertThat(limits.processors()).isEqualTo(new Bounds(1, 1024, 1));
        assertThat(limits.jobTypes())
                .contains("User", "Test", "Hospital", "MCSimulation", "Merge", "Removal", "Replication");
        assertThat(limits.maxJobs()).isEqualTo(100_000);
        assertThat(limits.maxInputData()).isEqualTo(500);
        assertThat(limits.resources().sites()).isEmpty();
        assertThat(limits.resources().cpuTimeSegments())
                .hasSize(13)
                .startsWith(360L)
                .endsWith(1_080_000L);
    }

    @Test
    void prefersTheVoOverTheDefaults() {
        DescriptionLimits limits = limits(
                Map.of(
                        "Defaults", Map.of("JobDescription", Map.of("MaxCPUTime", 1000, "DefaultCPUTime", 500)),
                        "demo",
                                Map.of(
                                        "JobDescription",
                                        Map.of("MaxCPUTime", "2000", "AllowedJobTypes", "User, Special"),
                                        "JobScheduling",
                                        Map.of("taskQueueCPUTimeIntervals", List.of(900, 300)))),
                Map.of());

        assertThat(limits.cpuTime()).isEqualTo(new Bounds(100, 2000, 500));
        assertThat(limits.jobTypes()).contains("Special").doesNotContain("Hospital");
        assertThat(limits.resources().cpuTimeSegments()).containsExactly(300L, 900L);
    }

    @Test
    void keepsTheDefaultWithinBounds() {
        DescriptionLimits limits =
                limits(Map.of("demo", Map.of("JobDescription", Map.of("MaxCPUTime", 1000))), Map.of());

        assertThat(limits.cpuTime()).isEqualTo(new Bounds(100, 1000, 1000));
    }

    @Test
    void findsSitesBelowTheirGridAndWithoutOne() {
        DescriptionLimits limits = limits(
                Map.of(),
                Map.of("Sites", Map.of("DIRAC.A.ch", Map.of("Platform", "p"), "LCG", Map.of("LCG.B.it", Map.of()))));

        assertThat(limits.resources().sites()).containsExactlyInAnyOrder("DIRAC.A.ch", "LCG.B.it");
        assertThat(limits.resources().platforms()).containsOnlyKeys("p");
    }

    @Test
    void namesTheOptionThatCannotMeanAnything() {
        assertThatThrownBy(
                        () -> limits(Map.of("demo", Map.of("JobDescription", Map.of("MaxCPUTime", "much"))), Map.of()))
                .isInstanceOf(InvalidOption.class)
                .hasMessage("The option Operations/demo/JobDescription/MaxCPUTime is 'much': allowed is a whole number"
                        + " from 0 to 2147483647");
        assertThatThrownBy(() -> limits(Map.of("demo", Map.of("JobDescription", Map.of("MinPriority", 20))), Map.of()))
                .isInstanceOf(InvalidOption.class)
                .hasMessage("The option Operations/demo/JobDescription/MinPriority is '20': allowed is at most"
                        + " MaxPriority, which is 10");
    }

    @Test
    void tellsOfContradictingLimitsBeforeTheyComeIntoForce() {
        Configuration contradicting = new Configuration(
                1, Map.of("Operations", Map.of("demo", Map.of("JobDescription", Map.of("MinPriority", 20)))));

        assertThat(new DescriptionCheck().check(contradicting)).singleElement().satisfies(finding -> assertThat(
                        finding.path())
                .isEqualTo("/Operations/demo/JobDescription/MinPriority"));
        assertThat(new DescriptionCheck().check(new Configuration(1, Map.of()))).isEmpty();
    }
}
