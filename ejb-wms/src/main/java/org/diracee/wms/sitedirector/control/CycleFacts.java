/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.sitedirector.control;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.diracee.wms.pilot.boundary.PilotCount;
import org.diracee.wms.pilot.boundary.PilotSlot;
import org.diracee.wms.sitedirector.boundary.QueueHistory;
import org.diracee.wms.taskqueue.boundary.WaitingWork;

/**
 * What the rounds of a cycle have in common, read once for all of them.
 *
 * @param counts of pilots that have not ended, by the texts of their slots
 * @param uncleaned the texts of the slots of ended pilots that are to be tidied up after
 * @param histories by the texts of the slots; none if no pilot factory wants them
 */
public record CycleFacts(
        Map<String, List<PilotCount>> counts,
        Set<String> uncleaned,
        WaitingWork work,
        Map<String, QueueHistory> histories) {

    public List<PilotCount> counts(PilotSlot slot) {
        return counts.getOrDefault(slot.toString(), List.of());
    }

    public QueueHistory history(PilotSlot slot) {
        return histories.getOrDefault(slot.toString(), QueueHistory.NONE);
    }

    public boolean isUncleaned(PilotSlot slot) {
        return uncleaned.contains(slot.toString());
    }
}
