/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.sitedirector.control;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.diracee.kernel.value.VoName;
import org.diracee.wms.pilot.boundary.PilotSlot;
import org.diracee.wms.taskqueue.boundary.ResourceDescription;
import org.diracee.wms.taskqueue.boundary.WantedWork;

/**
 * One queue of a computing element, as the configuration describes it.
 *
 * @param ceType kind of the computing element; picks the adapter
 * @param cpuTime how long a pilot may run there
 * @param maxTotal most pilots at a time, waiting or running
 * @param maxWaiting most pilots waiting
 * @param maxRam in MB
 * @param requiredTags only jobs with all of these may run here
 * @param vos who may use it; empty: all
 * @param options all options of the computing element and, above them, of the queue
 */
public record CeQueue(
        PilotSlot slot,
        String ceType,
        Optional<String> platform,
        Duration cpuTime,
        int maxTotal,
        int maxWaiting,
        Optional<Integer> processors,
        Optional<Integer> maxRam,
        List<String> tags,
        List<String> requiredTags,
        List<VoName> vos,
        Map<String, String> options) {

    public CeQueue {
        tags = List.copyOf(tags);
        requiredTags = List.copyOf(requiredTags);
        vos = List.copyOf(vos);
        options = Map.copyOf(options);
    }

    public boolean serves(VoName vo) {
        return vos.isEmpty() || vos.contains(vo);
    }

    /** What a pilot there will offer, as far as the configuration tells. */
    public ResourceDescription resource() {
        return new ResourceDescription(
                slot.site(),
                platform,
                cpuTime.toSeconds(),
                Optional.of(slot.computingElement()),
                tags,
                requiredTags,
                processors.orElse(1),
                maxRam.orElse(0),
                false,
                List.of(),
                WantedWork.ANY);
    }

    /** The same with one pilot for one job, each of which takes only the other. */
    public CeQueue boundTo(String bindingTag) {
        List<String> all = new ArrayList<>(tags);
        all.add(bindingTag);
        Map<String, String> once = new HashMap<>(options);
        once.put("MaxJobs", "1");
        return new CeQueue(
                slot,
                ceType,
                platform,
                cpuTime,
                maxTotal,
                maxWaiting,
                processors,
                maxRam,
                all,
                requiredTags,
                vos,
                once);
    }

    /** Whether pilots are sent with their job, since they cannot ask for one from there. */
    public boolean isPush() {
        return option("Mode").filter("Push"::equals).isPresent();
    }

    public Optional<String> option(String name) {
        return Optional.ofNullable(options.get(name));
    }

    /** Site and computing element: what is served as one, apart from the others. */
    public String computingElement() {
        return slot.site() + "/" + slot.computingElement();
    }
}
