/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.sitedirector.boundary;

import jakarta.enterprise.event.Event;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.diracee.framework.configuration.boundary.ConfigurationService;
import org.diracee.framework.registry.boundary.ManagedSites;
import org.diracee.framework.registry.boundary.Registry;
import org.diracee.kernel.access.Caller;
import org.diracee.kernel.paging.BulkResult;
import org.diracee.kernel.value.PilotStamp;
import org.diracee.kernel.value.VoName;
import org.diracee.wms.fixture.WmsDatabase;
import org.diracee.wms.pilot.boundary.IssuedPilot;
import org.diracee.wms.pilot.boundary.PilotCount;
import org.diracee.wms.pilot.boundary.PilotEnded;
import org.diracee.wms.pilot.boundary.PilotManager;
import org.diracee.wms.pilot.boundary.PilotOutput;
import org.diracee.wms.pilot.boundary.PilotSlot;
import org.diracee.wms.pilot.boundary.PilotStatus;
import org.diracee.wms.pilot.boundary.PilotView;
import org.diracee.wms.pilot.control.PilotReading;
import org.diracee.wms.pilot.control.PilotSettings;
import org.diracee.wms.pilot.entity.PilotRepository;

/** The register of pilots with the transactions that the container would give each call. */
final class TransactedPilots extends PilotManager {

    private final WmsDatabase database;

    TransactedPilots(
            WmsDatabase database,
            ConfigurationService configuration,
            Registry registry,
            Event<PilotEnded> ended,
            Clock clock) {
        super(
                new PilotRepository(database.entities()),
                new PilotReading(new ManagedSites(registry)),
                new PilotSettings(configuration),
                registry,
                ended,
                clock);
        this.database = database;
    }

    @Override
    public PilotView view(Caller caller, PilotStamp stamp) {
        return database.inTransaction(() -> super.view(caller, stamp));
    }

    @Override
    public BulkResult<PilotStamp, PilotView> kill(Caller caller, Collection<PilotStamp> stamps) {
        return database.inTransaction(() -> super.kill(caller, stamps));
    }

    @Override
    public List<IssuedPilot> issue(Caller caller, VoName of, String gridType, PilotSlot slot, int number) {
        return database.inTransaction(() -> super.issue(caller, of, gridType, slot, number));
    }

    @Override
    public void accepted(Caller caller, PilotStamp stamp, String reference, String reason) {
        database.transact(() -> super.accepted(caller, stamp, reference, reason));
    }

    @Override
    public boolean report(Caller caller, PilotStamp stamp, PilotStatus status, String reason) {
        return database.inTransaction(() -> super.report(caller, stamp, status, reason));
    }

    @Override
    public void alive(Caller caller, Collection<PilotStamp> stamps) {
        database.transact(() -> super.alive(caller, stamps));
    }

    @Override
    public void storeOutput(Caller caller, PilotStamp stamp, PilotOutput output) {
        database.transact(() -> super.storeOutput(caller, stamp, output));
    }

    @Override
    public void cleaned(Caller caller, PilotStamp stamp) {
        database.transact(() -> super.cleaned(caller, stamp));
    }

    @Override
    public List<PilotView> unfinished(Caller caller, PilotSlot slot, int limit) {
        return database.inTransaction(() -> super.unfinished(caller, slot, limit));
    }

    @Override
    public List<PilotView> uncleaned(Caller caller, PilotSlot slot, Duration since, int limit) {
        return database.inTransaction(() -> super.uncleaned(caller, slot, since, limit));
    }

    @Override
    public Map<String, List<PilotCount>> counts(Caller caller, Duration patience) {
        return database.inTransaction(() -> super.counts(caller, patience));
    }

    @Override
    public Set<String> uncleanedSlots(Caller caller, Duration since) {
        return database.inTransaction(() -> super.uncleanedSlots(caller, since));
    }

    @Override
    public List<PilotCount> counts(Caller caller, PilotSlot slot, Duration patience) {
        return database.inTransaction(() -> super.counts(caller, slot, patience));
    }
}
