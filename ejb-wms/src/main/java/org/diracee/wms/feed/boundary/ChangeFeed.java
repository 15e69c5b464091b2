/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.feed.boundary;

import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Optional;
import org.diracee.kernel.access.Caller;
import org.diracee.kernel.access.CallerKind;
import org.diracee.kernel.access.OpenAccess;
import org.diracee.kernel.access.Property;
import org.diracee.kernel.access.Requires;
import org.diracee.kernel.error.InvalidRequest;
import org.diracee.kernel.value.VoName;
import org.diracee.wms.feed.control.ChangeWindow;
import org.diracee.wms.feed.entity.ChangeFilter;
import org.diracee.wms.feed.entity.ChangeRepository;
import org.diracee.wms.feed.entity.ChangeSlice;
import org.diracee.wms.feed.entity.FeedCursor;
import org.diracee.wms.feed.entity.LoggedChange;
import org.diracee.wms.job.boundary.JobMonitoring;
import org.diracee.wms.job.boundary.ReadableJobs;
import org.diracee.wms.pilot.boundary.PilotMonitoring;

/** Tells what changed of jobs and of pilots, from a cursor on, to whom may search for them. */
@Stateless
public class ChangeFeed {

    /** The cursor before all that is kept. */
    public static final String OLDEST = "oldest";

    /** How often a crowded log is read at once before listeners are told. */
    private static final int READINGS = 5;

    private ChangeRepository log;
    private ChangeWindow window;
    private JobMonitoring monitoring;
    private PilotMonitoring pilotMonitoring;

    protected ChangeFeed() {} // for the container's proxy

    @Inject
    public ChangeFeed(
            ChangeRepository log, ChangeWindow window, JobMonitoring monitoring, PilotMonitoring pilotMonitoring) {
        this.log = log;
        this.window = window;
        this.monitoring = monitoring;
        this.pilotMonitoring = pilotMonitoring;
    }

    /**
     * What follows the cursor, as the database says at this moment.
     *
     * @param after a cursor of an answer, or {@link #OLDEST}; empty: nothing but the cursor of now
     * @param limit at least 1
     * @throws CursorGone if what follows may not be kept any more
     */
    @Requires({Property.NORMAL_USER, Property.JOB_ADMINISTRATOR, Property.JOB_MONITOR, Property.SERVICE_ADMINISTRATOR})
    public ChangePage<StatusChange> read(Caller caller, WantedChanges wanted, Optional<String> after, int limit) {
        return page(after, filter(monitoring.readable(caller), wanted), limit);
    }

    /**
     * The same for whom {@link ChangeNews} has told that there is something: from this node's memory if it is there. What it does not
     * know yet is not asked for.
     */
    @Requires({Property.NORMAL_USER, Property.JOB_ADMINISTRATOR, Property.JOB_MONITOR, Property.SERVICE_ADMINISTRATOR})
    public ChangePage<StatusChange> news(Caller caller, WantedChanges wanted, String after, int limit) {
        ChangeFilter filter = filter(monitoring.readable(caller), wanted);
        FeedCursor place = parsed(after);
        return page(window.after(place, filter, limit).orElseGet(() -> log.after(kept(after), filter, limit)));
    }

    /**
     * The same of all jobs, for our own agents.
     *
     * @throws CursorGone if what follows may not be kept any more
     */
    @Requires(callers = CallerKind.SYSTEM)
    public ChangePage<StatusChange> everything(Caller caller, WantedChanges wanted, Optional<String> after, int limit) {
        return page(after, filter(new ReadableJobs(Optional.empty(), Optional.empty()), wanted), limit);
    }

    /**
     * What changed of pilots behind the cursor, as the database says at this moment.
     *
     * @param after a cursor of an answer, or {@link #OLDEST}; empty: nothing but the cursor of now
     * @throws CursorGone if what follows may not be kept any more
     */
    @Requires
    public ChangePage<PilotStatusChange> pilots(Caller caller, WantedPilots wanted, Optional<String> after, int limit) {
        Optional<VoName> readable = pilotMonitoring.readable(caller);
        return after.isEmpty()
                ? new ChangePage<>(List.of(), log.now().text(), false)
                : log.pilotsAfter(kept(after.get()), readable, wanted, limit);
    }

    /** The same for whom {@link ChangeNews} has told; the database is not asked if this node knows that there is nothing. */
    @Requires
    public ChangePage<PilotStatusChange> pilotNews(Caller caller, WantedPilots wanted, String after, int limit) {
        Optional<VoName> readable = pilotMonitoring.readable(caller);
        return window.hasPilotsBehind(parsed(after))
                ? log.pilotsAfter(kept(after), readable, wanted, limit)
                : new ChangePage<>(List.of(), after, false);
    }

    /** Takes the newest changes into this node's memory; tells whether there were any. */
    @OpenAccess("for all listeners together; what each of them may read is decided when it reads")
    public boolean refresh() {
        if (window.end().isEmpty()) {
            window.begin(log.now());
            return false;
        }
        boolean any = window.pilotsEnd()
                .flatMap(log::newestPilotChange)
                .map(window::notePilots)
                .isPresent();
        for (int reading = 0; reading < READINGS; reading++) {
            ChangeSlice slice = log.after(window.end().orElseThrow(), ChangeFilter.ALL, ChangeRepository.LOOKED_AT);
            window.add(slice);
            any |= !slice.changes().isEmpty();
            if (slice.isAll()) {
                break;
            }
        }
        return any;
    }

    private ChangePage<StatusChange> page(Optional<String> after, ChangeFilter filter, int limit) {
        return page(
                after.isEmpty()
                        ? new ChangeSlice(List.of(), log.now(), true)
                        : log.after(kept(after.get()), filter, limit));
    }

    private ChangeFilter filter(ReadableJobs readable, WantedChanges wanted) {
        return new ChangeFilter(
                readable.vo(), readable.owner(), wanted.owner(), wanted.jobs(), wanted.jobGroups(), wanted.statuses());
    }

    private FeedCursor kept(String after) {
        FeedCursor place = parsed(after);
        if (place.equals(FeedCursor.OLDEST)) {
            return place;
        }
        if (place.at().isBefore(log.keptSince())) {
            throw new CursorGone("the cursor is of " + place.at() + ", and what followed then is not kept any more");
        }
        if (log.now().isBefore(place)) {
            throw new CursorGone("the cursor is ahead of the database, which was restored from a copy since");
        }
        return place;
    }

    private static FeedCursor parsed(String after) {
        if (after.equals(OLDEST)) {
            return FeedCursor.OLDEST;
        }
        return FeedCursor.parse(after)
                .orElseThrow(() -> new InvalidRequest("after: '" + after
                        + "' is no cursor; allowed are those that answers name in 'next', and oldest"));
    }

    private static ChangePage<StatusChange> page(ChangeSlice slice) {
        return new ChangePage<>(
                slice.changes().stream().map(ChangeFeed::change).toList(),
                slice.next().equals(FeedCursor.OLDEST) ? OLDEST : slice.next().text(),
                !slice.isAll());
    }

    private static StatusChange change(LoggedChange logged) {
        return new StatusChange(
                logged.cursor().text(),
                logged.job(),
                logged.vo(),
                logged.owner(),
                logged.ownerGroup(),
                logged.jobGroup(),
                logged.status(),
                logged.minorStatus(),
                logged.applicationStatus(),
                logged.statusTime(),
                logged.source());
    }
}
