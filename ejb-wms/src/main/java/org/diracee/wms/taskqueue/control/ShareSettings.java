/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.taskqueue.control;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.diracee.framework.configuration.boundary.DeclaredOptions;
import org.diracee.kernel.configuration.Configuration;
import org.diracee.kernel.configuration.DeclaredOption;
import org.diracee.kernel.configuration.OptionType;
import org.diracee.kernel.value.GroupName;
import org.diracee.kernel.value.VoName;

/**
 * Settings of shares.
 *
 * @see "WMS reference 10.3"
 */
public final class ShareSettings {

    private static final String SCHEDULING = "Operations/{vo}/JobScheduling/";
    private static final String CORRECTIONS = "ShareCorrections";
    private static final String CORRECTOR = SCHEDULING + CORRECTIONS + "/{corrector}/{instance}/";
    private static final String SLICE = CORRECTOR + "{slice}/";
    private static final String SOURCE = "WMS reference 10.3";

    private static final DeclaredOption<Boolean> ENABLED = DeclaredOption.of(
            SCHEDULING + "EnableSharesCorrection",
            OptionType.yesNo(),
            "False",
            "Whether shares are corrected by what was used lately.",
            SOURCE);
    private static final DeclaredOption<List<String>> STARTED = DeclaredOption.of(
            SCHEDULING + CORRECTIONS + "/ShareCorrectorsToStart",
            OptionType.listOf(OptionType.choice("WMSHistory", "MonitoringHistory")),
            "",
            "The correctors that act. Both read the history of jobs that DIRAC EE keeps itself.",
            SOURCE);
    private static final DeclaredOption<GroupName> GROUP = DeclaredOption.of(
            CORRECTOR + "Group",
            OptionType.group(),
            "The group whose members' shares are corrected; without it the shares of the groups are.",
            SOURCE);
    private static final DeclaredOption<Double> MOST_GLOBALLY = DeclaredOption.of(
            CORRECTOR + "MaxGlobalCorrectionFactor",
            OptionType.decimal(1),
            "5",
            "The most by which a share is multiplied or divided.",
            SOURCE);
    private static final DeclaredOption<Duration> PERIOD = DeclaredOption.of(
            CORRECTOR + "UpdateHistoryPeriod", OptionType.seconds(0), "900", "How old the usage may be.", SOURCE);
    private static final DeclaredOption<Duration> TIME_SPAN = DeclaredOption.of(
            SLICE + "TimeSpan", OptionType.seconds(60), "604800", "How far the look into the past goes.", SOURCE);
    private static final DeclaredOption<Double> WEIGHT = DeclaredOption.of(
            SLICE + "Weight", OptionType.decimal(0), "1", "Weight of this look against the others.", SOURCE);
    private static final DeclaredOption<Double> MOST = DeclaredOption.of(
            SLICE + "MaxCorrection",
            OptionType.decimal(1),
            "3",
            "The most by which this look multiplies or divides a share.",
            SOURCE);
    private static final DeclaredOption<Duration> POLLING_TIME = DeclaredOption.of(
            "Systems/WorkloadManagement/Agents/QueuePriorityAgent/PollingTime",
            OptionType.seconds(0),
            "2",
            "Pause between two looks for queues that are new or open again and need a priority.",
            "DIRAC EE");

    private final Configuration configuration;

    public ShareSettings(Configuration configuration) {
        this.configuration = configuration;
    }

    /**
     * A corrector that acts.
     *
     * @param group whose members are corrected; absent: the groups are
     * @param period how old the usage may be
     */
    public record Corrector(Optional<GroupName> group, double mostGlobally, Duration period, List<Slice> slices) {

        public Corrector {
            slices = List.copyOf(slices);
        }
    }

    /** A look into the past. */
    public record Slice(Duration timeSpan, double weight, double most) {}

    /** The correctors of the VO that act, in the order of the configuration. */
    public List<Corrector> correctors(VoName vo) {
        List<Corrector> correctors = new ArrayList<>();
        if (ENABLED.read(configuration, vo)) {
            for (String name : STARTED.read(configuration, vo)) {
                String section = section(vo, name);
                for (String instance : sections(section)) {
                    correctors.add(corrector(instance));
                }
            }
        }
        return correctors;
    }

    /** The pause between two looks for queues that need a priority. */
    public Duration pollingTime() {
        return POLLING_TIME.read(configuration);
    }

    private Corrector corrector(String instance) {
        return new Corrector(
                GROUP.findIn(configuration, List.of(instance)),
                MOST_GLOBALLY.readIn(configuration, List.of(instance)),
                PERIOD.readIn(configuration, List.of(instance)),
                sections(instance).stream()
                        .map(slice -> new Slice(
                                TIME_SPAN.readIn(configuration, List.of(slice)),
                                WEIGHT.readIn(configuration, List.of(slice)),
                                MOST.readIn(configuration, List.of(slice))))
                        .toList());
    }

    /** The VO's own section, or that for all VOs. */
    private String section(VoName vo, String corrector) {
        String own = "Operations/" + vo + "/JobScheduling/" + CORRECTIONS + "/" + corrector;
        return configuration.hasSection(own)
                ? own
                : "Operations/Defaults/JobScheduling/" + CORRECTIONS + "/" + corrector;
    }

    private List<String> sections(String path) {
        return configuration.names(path).stream()
                .map(name -> path + "/" + name)
                .filter(configuration::hasSection)
                .toList();
    }

    /** What these settings read. */
    @ApplicationScoped
    public static class Declared implements DeclaredOptions {

        @Override
        public List<DeclaredOption<?>> options() {
            return List.of(ENABLED, STARTED, GROUP, MOST_GLOBALLY, PERIOD, TIME_SPAN, WEIGHT, MOST, POLLING_TIME);
        }
    }
}
