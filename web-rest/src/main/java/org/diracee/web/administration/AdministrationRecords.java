/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.web.administration;

import org.diracee.client.wire.AuditRecord;
import org.diracee.client.wire.SuspensionRecord;
import org.diracee.framework.audit.boundary.AuditActor;
import org.diracee.framework.audit.boundary.AuditRow;
import org.diracee.framework.suspension.boundary.Suspension;

/** Answers of the administration as they go over the wire. */
final class AdministrationRecords {

    private AdministrationRecords() {}

    static AuditRecord record(AuditRow row) {
        AuditActor actor = row.actor();
        return new AuditRecord(
                row.place().at(),
                row.act(),
                row.outcome().name(),
                row.times(),
                actor.vo(),
                actor.identity(),
                actor.username(),
                actor.group(),
                actor.credential().kind().name(),
                actor.credential().id(),
                actor.credential().actor(),
                row.target(),
                row.origin().address(),
                row.origin().requestId(),
                row.detail());
    }

    static SuspensionRecord record(Suspension suspension) {
        return new SuspensionRecord(
                suspension.id(),
                suspension.target().kind().wireName(),
                suspension.target().vo(),
                suspension.target().name(),
                suspension.reason(),
                suspension.author(),
                suspension.actor(),
                suspension.everywhere(),
                suspension.since());
    }
}
