/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.sitedirector.boundary;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.diracee.wms.pilot.boundary.PilotSlot;

/**
 * A queue as the configuration describes it and the site director finds it.
 *
 * @param description empty if it cannot be used
 * @param problem what keeps the site director from using it
 * @param state empty as long as there was no round
 * @param pilots that the viewer may see, by status
 * @param doneEmpty done pilots that ran no job
 */
public record QueueView(
        PilotSlot slot,
        Optional<QueueDescription> description,
        Optional<String> problem,
        Optional<QueueState> state,
        Map<String, Long> pilots,
        long doneEmpty,
        List<SubmissionCount> submissions) {

    public QueueView {
        pilots = Map.copyOf(pilots);
        submissions = List.copyOf(submissions);
    }
}
