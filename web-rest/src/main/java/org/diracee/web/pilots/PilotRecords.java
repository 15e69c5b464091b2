/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.web.pilots;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.diracee.client.wire.BulkAnswer;
import org.diracee.client.wire.ConstrainPilotSecret;
import org.diracee.client.wire.ExchangeSecret;
import org.diracee.client.wire.FoundPilotLogLine;
import org.diracee.client.wire.KilledPilots;
import org.diracee.client.wire.PilotEfficiency;
import org.diracee.client.wire.PilotLogLine;
import org.diracee.client.wire.RegisterPilot;
import org.diracee.client.wire.UpdatePilot;
import org.diracee.kernel.error.Problem;
import org.diracee.kernel.paging.BulkResult;
import org.diracee.kernel.value.InvalidValue;
import org.diracee.kernel.value.PilotStamp;
import org.diracee.kernel.value.SiteName;
import org.diracee.kernel.value.VoName;
import org.diracee.wms.pilot.boundary.FoundLogLine;
import org.diracee.wms.pilot.boundary.PilotMetadata;
import org.diracee.wms.pilot.boundary.PilotRegistration;
import org.diracee.wms.pilot.boundary.PilotStatus;
import org.diracee.wms.pilot.boundary.PilotView;
import org.diracee.wms.pilot.boundary.PilotsAtResource;
import org.diracee.wms.pilot.boundary.SecretConstraints;

/** Translates between the records of the wire and those of pilots. */
final class PilotRecords {

    private static final String STATUSES = "Submitted, Waiting, Running, Done, Failed, Deleted, Aborted or Unknown";

    private PilotRecords() {}

    static PilotRegistration registration(RegisterPilot request) {
        return new PilotRegistration(
                new PilotStamp(request.stamp()),
                new VoName(request.vo()),
                request.gridType().orElse("DIRAC"),
                request.gridSite().orElse("Unknown"),
                request.destinationSite().orElse("NotAssigned"),
                request.reference(),
                request.status().map(PilotRecords::status).orElse(PilotStatus.SUBMITTED));
    }

    /** What a pilot that nobody has submitted says of itself; empty for any other. */
    static Optional<PilotRegistration> registration(ExchangeSecret request) {
        return request.vo()
                .map(vo -> new PilotRegistration(
                        new PilotStamp(request.stamp()),
                        new VoName(vo),
                        request.gridType().orElse("DIRAC"),
                        request.gridSite().orElse("Unknown"),
                        "NotAssigned",
                        Optional.empty(),
                        request.status().map(PilotRecords::status).orElse(PilotStatus.SUBMITTED)));
    }

    static Map<String, SecretConstraints> constraints(Map<String, ConstrainPilotSecret> request) {
        Map<String, SecretConstraints> constraints = new LinkedHashMap<>();
        request.forEach((secret, wanted) -> constraints.put(
                secret,
                new SecretConstraints(
                        wanted.vos().map(vos -> vos.stream().map(VoName::new).toList()),
                        wanted.stamps()
                                .map(stamps ->
                                        stamps.stream().map(PilotStamp::new).toList()),
                        wanted.sites()
                                .map(sites -> sites.stream().map(SiteName::new).toList()))));
        return constraints;
    }

    static Map<PilotStamp, PilotMetadata> metadata(Map<String, UpdatePilot> updates) {
        Map<PilotStamp, PilotMetadata> changes = new LinkedHashMap<>();
        updates.forEach((stamp, update) -> changes.put(new PilotStamp(stamp), metadata(update)));
        return changes;
    }

    private static PilotMetadata metadata(UpdatePilot update) {
        return new PilotMetadata(
                update.status().map(PilotRecords::status),
                update.statusReason().map(String::strip),
                update.benchmark(),
                update.destinationSite().map(String::strip),
                update.queue().map(String::strip),
                update.gridSite().map(String::strip),
                update.gridType().map(String::strip),
                update.accountingSent(),
                update.currentJobId());
    }

    static org.diracee.wms.pilot.boundary.PilotLogLine logged(PilotLogLine line) {
        return new org.diracee.wms.pilot.boundary.PilotLogLine(
                line.timestamp(), line.severity(), line.scope(), line.message());
    }

    static PilotLogLine shown(org.diracee.wms.pilot.boundary.PilotLogLine line) {
        return new PilotLogLine(line.timestamp(), line.severity(), line.scope(), line.message());
    }

    static FoundPilotLogLine found(FoundLogLine found) {
        return new FoundPilotLogLine(
                found.sequence(),
                found.pilot().text(),
                found.line().timestamp(),
                found.line().severity(),
                found.line().scope(),
                found.line().message());
    }

    static PilotEfficiency efficiency(PilotsAtResource pilots) {
        Map<String, Long> counts = new LinkedHashMap<>();
        for (PilotStatus status : PilotStatus.values()) {
            counts.put(status.wireName(), pilots.count(status));
        }
        return new PilotEfficiency(
                pilots.site(),
                pilots.computingElement(),
                counts,
                pilots.doneEmpty(),
                pilots.abortedInLastHour(),
                pilots.total(),
                pilots.pilotsPerJob(),
                pilots.efficiency(),
                pilots.rating().wireName(),
                pilots.isUsable());
    }

    static KilledPilots killed(BulkResult<PilotStamp, PilotView> result) {
        Map<String, KilledPilots.Status> success = new LinkedHashMap<>();
        result.success()
                .forEach((stamp, pilot) -> success.put(
                        stamp.text(), new KilledPilots.Status(pilot.status().wireName())));
        Map<String, BulkAnswer.FailedItem> failed = new LinkedHashMap<>();
        result.failed().forEach((stamp, problem) -> failed.put(stamp.text(), failed(problem)));
        return new KilledPilots(success, failed);
    }

    private static BulkAnswer.FailedItem failed(Problem problem) {
        return new BulkAnswer.FailedItem(
                problem.detail(), problem.code().name(), problem.code().errno());
    }

    private static PilotStatus status(String name) {
        Optional<PilotStatus> status = PilotStatus.ofWireName(name);
        return status.orElseThrow(() -> new InvalidValue("status of a pilot", name, STATUSES));
    }
}
