/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.sitedirector.boundary;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.diracee.kernel.access.Caller;
import org.diracee.kernel.access.CallerKind;
import org.diracee.kernel.access.Requires;
import org.diracee.kernel.value.PilotStamp;
import org.diracee.kernel.value.VoName;
import org.diracee.wms.parcel.boundary.Parcels;
import org.diracee.wms.pilot.boundary.PilotManager;
import org.diracee.wms.sitedirector.control.CeQueue;
import org.diracee.wms.sitedirector.control.ComputingElement;
import org.diracee.wms.sitedirector.control.ParcelStation;
import org.diracee.wms.sitedirector.control.PilotLaunch;
import org.diracee.wms.sitedirector.control.PilotProcess;
import org.diracee.wms.sitedirector.control.SubmittedPilot;

/** Sends pilots with their jobs to queues in mode Push, and speaks for them until their end. */
@ApplicationScoped
public class PilotPush {

    private Parcels parcels;
    private PilotManager pilots;

    protected PilotPush() {} // for the container's proxy

    @Inject
    public PilotPush(Parcels parcels, PilotManager pilots) {
        this.parcels = parcels;
        this.pilots = pilots;
    }

    /** Why nothing can be pushed there, if that is so. */
    @Requires(callers = CallerKind.SYSTEM)
    public Optional<String> obstacle(Caller caller, ComputingElement element) {
        return element instanceof ParcelStation
                ? Optional.empty()
                : Optional.of("CEType " + element.type() + " cannot push: Mode = Push is for Local and SSH");
    }

    /**
     * Lays a pilot and its job ready to be submitted.
     *
     * @param pilot has its row
     * @return empty if there is no job for it; its row is gone then
     * @throws org.diracee.kernel.error.DiracException if there was one and it could not be brought: the pilot must be noted as refused
     */
    @Requires(callers = CallerKind.SYSTEM)
    public Optional<PilotLaunch> load(
            Caller caller, ComputingElement element, CeQueue queue, PilotStamp pilot, VoName vo) {
        boolean hasJob =
                parcels.send(caller, new Caller.Pilot(pilot, vo), queue.resource(), parcel -> ((ParcelStation) element)
                        .lay(queue, pilot, parcel));
        if (!hasJob) {
            pilots.withdraw(caller, pilot);
        }
        return hasJob ? Optional.of(PilotLaunch.withParcel(pilot, vo)) : Optional.empty();
    }

    /** Lets the jobs of pilots live on that the computing element knows of; a pilot whose job is gone is asked to end. */
    @Requires(callers = CallerKind.SYSTEM)
    public void follow(
            Caller caller,
            ComputingElement element,
            Collection<PilotStamp> unended,
            Map<PilotStamp, PilotProcess> all) {
        if (element instanceof ParcelStation) {
            Map<PilotStamp, Boolean> running = new LinkedHashMap<>();
            for (PilotStamp stamp : unended) {
                PilotProcess process = all.get(stamp);
                if (process instanceof PilotProcess.Waiting || process instanceof PilotProcess.Running) {
                    running.put(stamp, process instanceof PilotProcess.Running);
                }
            }
            parcels.follow(caller, running).forEach(stamp -> pilots.condemn(caller, stamp));
        }
    }

    /** Whether a job waits for what the pilot makes of it. */
    @Requires(callers = CallerKind.SYSTEM)
    public boolean isAwaited(Caller caller, ComputingElement element, PilotStamp pilot) {
        return element instanceof ParcelStation && parcels.isAwaited(caller, pilot);
    }

    /**
     * Takes in what an ended pilot left, if it had a parcel.
     *
     * @param isThere false if nothing more will be heard of it
     * @throws org.diracee.kernel.error.DiracException if that must wait
     */
    @Requires(callers = CallerKind.SYSTEM)
    public void takeIn(
            Caller caller,
            ComputingElement element,
            CeQueue queue,
            SubmittedPilot pilot,
            boolean isThere,
            String reason) {
        if (element instanceof ParcelStation station) {
            parcels.open(
                    caller,
                    pilot.stamp(),
                    (name, most, target) -> isThere && station.fetch(queue, pilot, name, most, target),
                    reason);
        }
    }
}
