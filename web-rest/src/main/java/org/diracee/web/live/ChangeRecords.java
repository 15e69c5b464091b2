/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.web.live;

import org.diracee.client.wire.JobChange;
import org.diracee.client.wire.JobChanges;
import org.diracee.client.wire.PilotChange;
import org.diracee.wms.feed.boundary.ChangePage;
import org.diracee.wms.feed.boundary.PilotStatusChange;
import org.diracee.wms.feed.boundary.StatusChange;

/** Translates changes of jobs and pilots to the wire. */
final class ChangeRecords {

    private ChangeRecords() {}

    static JobChanges page(ChangePage<StatusChange> page) {
        return new JobChanges(
                page.changes().stream().map(change -> change(change)).toList(), page.next(), page.hasMore());
    }

    static JobChange change(StatusChange change) {
        return new JobChange(
                change.job().number(),
                change.status().text(),
                change.minorStatus(),
                change.applicationStatus(),
                change.statusTime(),
                change.source(),
                change.jobGroup(),
                change.owner().text(),
                change.ownerGroup().text(),
                change.vo().text());
    }

    static PilotChange change(PilotStatusChange change) {
        return new PilotChange(
                change.pilot().text(),
                change.status().wireName(),
                change.statusReason(),
                change.time(),
                change.site(),
                change.computingElement(),
                change.vo().text());
    }
}
