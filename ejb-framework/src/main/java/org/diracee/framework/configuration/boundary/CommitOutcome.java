/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.framework.configuration.boundary;

import java.util.List;
import java.util.Optional;

/**
 * What a change of the configuration did, or would do.
 *
 * @param revision empty if nothing was written: it was only asked for, or nothing differs
 * @param changes what differs from before
 * @param warnings what looks wrong since this change
 * @param notes what was done to make the text fit
 */
public record CommitOutcome(
        Optional<Revision> revision, List<Change> changes, List<Finding> warnings, List<String> notes) {
    public CommitOutcome {
        changes = List.copyOf(changes);
        warnings = List.copyOf(warnings);
        notes = List.copyOf(notes);
    }
}
