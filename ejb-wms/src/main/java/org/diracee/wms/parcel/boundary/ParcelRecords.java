/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.parcel.boundary;

import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.diracee.kernel.access.Caller;
import org.diracee.kernel.access.CallerKind;
import org.diracee.kernel.access.Requires;
import org.diracee.kernel.error.Unavailable;
import org.diracee.kernel.value.PilotStamp;
import org.diracee.wms.job.boundary.JobManager;
import org.diracee.wms.job.boundary.JobStateUpdate;
import org.diracee.wms.job.boundary.PushedJobs;
import org.diracee.wms.matching.boundary.AttemptCheck;
import org.diracee.wms.parcel.control.SpoolEntry;
import org.diracee.wms.parcel.entity.ParcelRepository;
import org.diracee.wms.parcel.entity.ParcelRow;
import org.diracee.wms.pilot.boundary.PilotLogging;
import org.diracee.wms.pilot.boundary.PilotManager;
import org.diracee.wms.pilot.boundary.PilotMetadata;
import org.diracee.wms.sandbox.boundary.SandboxStore;

/**
 * The short transactions of parcels. The states of a job take effect in the one that notes that their lines count, so that a repeat after
 * a crash does none twice.
 */
@Stateless
public class ParcelRecords {

    private ParcelRepository parcels;
    private PushedJobs pushed;
    private AttemptCheck attempts;
    private JobStateUpdate jobs;
    private JobManager manager;
    private PilotManager pilots;
    private PilotLogging logging;
    private SandboxStore sandboxes;
    private Clock clock;

    protected ParcelRecords() {} // for the container's proxy

    @Inject
    public ParcelRecords(
            ParcelRepository parcels,
            PushedJobs pushed,
            AttemptCheck attempts,
            JobStateUpdate jobs,
            JobManager manager,
            PilotManager pilots,
            PilotLogging logging,
            SandboxStore sandboxes,
            Clock clock) {
        this.parcels = parcels;
        this.pushed = pushed;
        this.attempts = attempts;
        this.jobs = jobs;
        this.manager = manager;
        this.pilots = pilots;
        this.logging = logging;
        this.sandboxes = sandboxes;
        this.clock = clock;
    }

    /** Notes which job goes with the pilot, which holds it from now on for as long as it lives. */
    @Requires(callers = CallerKind.SYSTEM)
    public void book(Caller caller, Caller.Job job, Duration lease) {
        parcels.add(job.pilot(), job.id(), job.attempt());
        pushed.waits(caller, job, lease);
    }

    /** The computing element says that the pilot waits. */
    @Requires(callers = CallerKind.SYSTEM)
    public void waits(Caller caller, Caller.Job job, Duration lease) {
        pushed.waits(caller, job, lease);
    }

    /** The computing element says that the pilot runs. */
    @Requires(callers = CallerKind.SYSTEM)
    public void runs(Caller caller, Caller.Job job) {
        pushed.runs(caller, job);
    }

    /** The parcels of those of these pilots that have one. */
    @Requires(callers = CallerKind.SYSTEM)
    public List<ParcelRow> of(Caller caller, Collection<PilotStamp> pilotStamps) {
        return parcels.of(pilotStamps);
    }

    /**
     * Lets entries of the spool count together, and notes that its lines do up to this one.
     *
     * @param known up to which line they counted when they were read
     * @throws Unavailable if others count meanwhile, as another node reads it, too
     */
    @Requires(callers = CallerKind.SYSTEM)
    public void apply(Caller caller, Caller.Job job, long known, long line, List<SpoolEntry> entries) {
        if (!parcels.isAt(job.pilot(), known)) {
            throw new Unavailable("What pilot " + job.pilot() + " left is being read by another node");
        }
        if (entries.stream().anyMatch(ParcelRecords::isOfJob)) {
            attempts.require(job); // before the first, as that may be the job's end
        }
        for (SpoolEntry entry : entries) {
            if (entry instanceof SpoolEntry.Log log) {
                logging.append(pilot(job), Optional.of(log.first()), log.lines());
            } else if (entry instanceof SpoolEntry.News news) {
                say(job, news);
            } else {
                applyToJob(job, entry);
            }
        }
        parcels.read(job.pilot(), line);
    }

    private static boolean isOfJob(SpoolEntry entry) {
        return !(entry instanceof SpoolEntry.Log || entry instanceof SpoolEntry.News);
    }

    private void applyToJob(Caller.Job job, SpoolEntry entry) {
        if (entry instanceof SpoolEntry.Status status) {
            jobs.status(job, Map.of(job.id(), status.changes()), false);
        } else if (entry instanceof SpoolEntry.Beat beat) {
            jobs.heartbeat(job, Map.of(job.id(), beat.beat()));
        } else if (entry instanceof SpoolEntry.Parameters parameters) {
            jobs.metadata(job, Map.of(job.id(), parameters.values()));
        } else if (entry instanceof SpoolEntry.Output output) {
            sandboxes.assignOutput(job, job.id(), output.pfn());
        } else if (entry instanceof SpoolEntry.Reschedule && isWanted(job)) {
            // a pilot that is ended because its job was killed gives it back, not knowing that nobody wants it
            manager.reschedule(job, List.of(job.id()), false);
        }
    }

    private boolean isWanted(Caller.Job job) {
        return parcels.of(List.of(job.pilot())).stream().anyMatch(ParcelRow::isWanted);
    }

    private void say(Caller.Job job, SpoolEntry.News news) {
        pilots.update(
                pilot(job),
                Map.of(
                        job.pilot(),
                        new PilotMetadata(
                                news.status(),
                                news.reason(),
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty(),
                                news.hasJob() ? Optional.of(job.id().number()) : Optional.empty())));
    }

    /** A job that its pilot never began waits again, as often as jobs may be rescheduled. */
    @Requires(callers = CallerKind.SYSTEM)
    public void giveBack(Caller caller, Caller.Job job) {
        manager.reschedule(job, List.of(job.id()), false);
    }

    /** Notes that all was said, and lets the pilot's last words of itself count, if there are some. */
    @Requires(callers = CallerKind.SYSTEM)
    public void close(Caller caller, Caller.Job job, Optional<SpoolEntry.News> end) {
        parcels.opened(job.pilot(), clock.instant());
        end.ifPresent(news -> say(job, news));
    }

    private static Caller.Pilot pilot(Caller.Job job) {
        return new Caller.Pilot(job.pilot(), job.vo());
    }
}
