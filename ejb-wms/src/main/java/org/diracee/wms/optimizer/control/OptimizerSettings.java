/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.optimizer.control;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.diracee.framework.configuration.boundary.DeclaredOptions;
import org.diracee.framework.resources.boundary.ResourceOptions;
import org.diracee.framework.resources.boundary.Resources;
import org.diracee.framework.resources.boundary.Site;
import org.diracee.kernel.configuration.Configuration;
import org.diracee.kernel.configuration.DeclaredOption;
import org.diracee.kernel.configuration.OptionType;
import org.diracee.kernel.value.VoName;

/**
 * What the configuration says about optimizers.
 *
 * @see "WMS reference 9"
 */
public final class OptimizerSettings {

    private static final DeclaredOption<Duration> POLLING = DeclaredOption.of(
            "Systems/WorkloadManagement/Agents/OptimizationMind/PollingTime",
            OptionType.seconds(0),
            "5",
            "Pause between two cycles.",
            "DIRAC EE");
    private static final DeclaredOption<Duration> HOLD_TIME = DeclaredOption.of(
            "Operations/{vo}/JobScheduling/HoldTime",
            OptionType.seconds(1),
            "300",
            "After so long an optimizer looks again at a job that it holds.",
            "WMS reference 9");

    private static final DeclaredOption<Boolean> RESTRICT_DATA_STAGE = DeclaredOption.of(
            "Operations/{vo}/JobScheduling/RestrictDataStage",
            OptionType.yesNo(),
            "False",
            "Whether only groups with the property StageAllowed may have files brought from tape.",
            "WMS reference 9");

    private final Configuration configuration;

    public OptimizerSettings(Configuration configuration) {
        this.configuration = configuration;
    }

    /** The pause between two cycles. */
    public Duration pollingTime() {
        return POLLING.read(configuration);
    }

    /** After how long a held job is looked at again. */
    public Duration holdTime(VoName vo) {
        return HOLD_TIME.read(configuration, vo);
    }

    /** Whether files may be brought from tape only for groups that have the property for it. */
    public boolean restrictsStaging(VoName vo) {
        return RESTRICT_DATA_STAGE.read(configuration, vo);
    }

    /** The sites near each storage element. */
    public Map<String, Set<String>> sitesByStorageElement() {
        Resources resources = new Resources(configuration);
        Map<String, List<String>> groups = resources.storageElementGroups();
        Map<String, Set<String>> sites = new TreeMap<>();
        for (Site site : resources.sites()) {
            for (String name : ResourceOptions.SITE_SE.readIn(configuration, List.of(site.path()))) {
                groups.getOrDefault(name, List.of(name))
                        .forEach(element -> sites.computeIfAbsent(element, none -> new TreeSet<>())
                                .add(site.name().text()));
            }
        }
        return sites;
    }

    /** What these settings read. */
    @ApplicationScoped
    public static class Declared implements DeclaredOptions {

        @Override
        public List<DeclaredOption<?>> options() {
            return List.of(POLLING, HOLD_TIME, RESTRICT_DATA_STAGE);
        }
    }
}
