/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.sitedirector.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.diracee.kernel.configuration.Configuration;
import org.diracee.kernel.configuration.InvalidOption;
import org.diracee.kernel.value.SiteName;
import org.diracee.kernel.value.VoName;
import org.diracee.wms.pilot.boundary.PilotSlot;
import org.junit.jupiter.api.Test;

class SiteDirectorSettingsTest {

    private final SiteDirectorSettings settings = new SiteDirectorSettings();

    @Test
    void readsAQueueWithWhatItsComputingElementAndSiteSay() {
        Map<String, Object> queue = new LinkedHashMap<>();
        queue.put("CPUTime", 3600);
        queue.put("MaxWaitingJobs", 2);
        queue.put("Tags", List.of("short"));
        Map<String, Object> ce = new LinkedHashMap<>();
        ce.put("CEType", "Local");
        ce.put("MaxTotalJobs", "7");
        ce.put("Tag", "gpu, fast");
        ce.put("IdleTimeout", 20);
        ce.put("Queues", Map.of("default", queue));
        CeQueue read = only(Map.of("Platform", "linux", "VO", "demo, other", "CEs", Map.of("ce1", ce)));

        assertThat(read.slot()).isEqualTo(new PilotSlot(new SiteName("DIRAC.Local.demo"), "ce1", "default"));
        assertThat(read.ceType()).isEqualTo("Local");
        assertThat(read.platform()).hasValue("linux");
        assertThat(read.cpuTime()).isEqualTo(Duration.ofHours(1));
        assertThat(read.maxTotal()).isEqualTo(7);
        assertThat(read.maxWaiting()).isEqualTo(2);
        assertThat(read.processors()).isEmpty();
        assertThat(read.tags()).containsExactly("gpu", "fast", "short");
        assertThat(read.vos()).containsExactly(new VoName("demo"), new VoName("other"));
        assertThat(read.option("IdleTimeout")).hasValue("20");
    }

    @Test
    void boundsTheLengthOfAQueue() {
        CeQueue read = only(site(Map.of("CPUTime", 99_999_999)));
        assertThat(read.cpuTime()).isEqualTo(Duration.ofSeconds(259_200));
    }

    @Test
    void computesTheLengthFromTheLimitOfTheBatchSystem() {
        assertThat(only(site(Map.of("maxCPUTime", 60, "SI00", 500))).cpuTime()).isEqualTo(Duration.ofHours(2));
        assertThat(only(site(Map.of("maxCPUTime", 60))).cpuTime()).isEqualTo(Duration.ofHours(1));
        assertThat(only(site(Map.of("maxCPUTime", 60, "CPUTime", 5))).cpuTime()).isEqualTo(Duration.ofSeconds(5));
        assertThat(only(site(Map.of())).cpuTime()).isEqualTo(Duration.ofDays(1));
    }

    @Test
    void findsQueuesOfSitesBelowTheirGrid() {
        Map<String, ?> grid = Map.of("LCG.CERN.ch", site(Map.of()));
        assertThat(settings.queues(new Configuration(1, Map.of("Resources", Map.of("Sites", Map.of("LCG", grid))))))
                .singleElement()
                .satisfies(queue -> assertThat(queue.slot().site()).isEqualTo(new SiteName("LCG.CERN.ch")));
    }

    @Test
    void leavesOutWhatIsBadlyDescribedAndKeepsTheRest() {
        Map<String, Object> queues = new LinkedHashMap<>();
        queues.put("bad", Map.of("MaxTotalJobs", "many"));
        queues.put("good", Map.of());
        assertThat(settings.queues(
                        configuration(Map.of("CEs", Map.of("ce1", Map.of("CEType", "Local", "Queues", queues))))))
                .extracting(queue -> queue.slot().queue())
                .containsExactly("good");
        assertThat(settings.queues(configuration(Map.of("CEs", Map.of("ce1", Map.of("Queues", queues))))))
                .isEmpty();
        assertThat(settings.queues(new Configuration(1, Map.of()))).isEmpty();
    }

    @Test
    void refusesAPollingTimeThatIsNoNumber() {
        Configuration wrong = new Configuration(
                1,
                Map.of(
                        "Systems",
                        Map.of(
                                "WorkloadManagement",
                                Map.of("Agents", Map.of("SiteDirector", Map.of("PollingTime", "often"))))));
        assertThatThrownBy(() -> settings.pollingTime(wrong))
                .isInstanceOf(InvalidOption.class)
                .hasMessage("The option Systems/WorkloadManagement/Agents/SiteDirector/PollingTime is 'often': "
                        + "allowed is a number of seconds, 0 or more");
        assertThat(settings.pollingTime(new Configuration(1, Map.of()))).isEqualTo(Duration.ofSeconds(10));
    }

    private CeQueue only(Map<String, ?> site) {
        List<CeQueue> queues = settings.queues(configuration(site));
        assertThat(queues).hasSize(1);
        return queues.get(0);
    }

    private static Map<String, ?> site(Map<String, ?> queue) {
        return Map.of("CEs", Map.of("ce1", Map.of("CEType", "Local", "Queues", Map.of("default", queue))));
    }

    private static Configuration configuration(Map<String, ?> site) {
        return new Configuration(1, Map.of("Resources", Map.of("Sites", Map.of("DIRAC.Local.demo", site))));
    }
}
