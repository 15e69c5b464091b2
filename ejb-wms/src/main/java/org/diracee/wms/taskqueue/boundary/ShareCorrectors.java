/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.taskqueue.boundary;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.diracee.framework.configuration.boundary.ConfigurationService;
import org.diracee.kernel.access.OpenAccess;
import org.diracee.kernel.value.GroupName;
import org.diracee.kernel.value.VoName;
import org.diracee.wms.history.boundary.JobSnapshots;
import org.diracee.wms.taskqueue.control.ShareCorrection;
import org.diracee.wms.taskqueue.control.ShareSettings;
import org.diracee.wms.taskqueue.control.ShareSettings.Corrector;
import org.diracee.wms.taskqueue.control.VoShares;

/**
 * How the shares of a VO are corrected by what was used lately, as the history of jobs tells it.
 *
 * @see "WMS reference 10.3"
 */
@ApplicationScoped
public class ShareCorrectors {

    private final Map<Question, Usage> usages = new ConcurrentHashMap<>();
    private JobSnapshots history;
    private ConfigurationService configuration;
    private Clock clock;

    protected ShareCorrectors() {} // for the container's proxy

    @Inject
    public ShareCorrectors(JobSnapshots history, ConfigurationService configuration, Clock clock) {
        this.history = history;
        this.configuration = configuration;
        this.clock = clock;
    }

    /** The corrections that the configuration asks for; the usage in them is at most as old as it allows. */
    @OpenAccess("the calling service has checked the caller")
    public VoShares.Corrections corrections(VoName vo) {
        List<ShareCorrection> ofGroups = new ArrayList<>();
        Map<GroupName, List<ShareCorrection>> ofOwners = new HashMap<>();
        for (Corrector corrector : new ShareSettings(configuration.current()).correctors(vo)) {
            ShareCorrection correction = new ShareCorrection(
                    corrector.slices().stream()
                            .map(slice -> new ShareCorrection.Slice(
                                    slice.weight(), slice.most(), usage(vo, corrector, slice.timeSpan())))
                            .toList(),
                    corrector.mostGlobally());
            corrector
                    .group()
                    .map(group -> ofOwners.computeIfAbsent(group, name -> new ArrayList<>()))
                    .orElse(ofGroups)
                    .add(correction);
        }
        return new VoShares.Corrections(ofGroups, ofOwners);
    }

    private Map<String, Double> usage(VoName vo, Corrector corrector, Duration timeSpan) {
        Instant now = clock.instant();
        // what nobody asks for any more goes, too
        usages.values().removeIf(usage -> now.isAfter(usage.until()));
        return usages.computeIfAbsent(
                        new Question(vo, corrector.group(), timeSpan),
                        question -> new Usage(
                                history.averageRunning(vo, corrector.group(), timeSpan), now.plus(corrector.period())))
                .running();
    }

    private record Question(VoName vo, Optional<GroupName> group, Duration timeSpan) {}

    private record Usage(Map<String, Double> running, Instant until) {}
}
