/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.sitedirector.boundary;

import static org.diracee.wms.log.boundary.WmsLog.LOG;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.diracee.kernel.access.OpenAccess;
import org.diracee.kernel.value.VoName;
import org.diracee.wms.pilot.boundary.PilotSlot;
import org.diracee.wms.sitedirector.control.SubmissionOutcome;

/**
 * What the rounds of this node found of queues since it was last written down, which the site director does once per cycle: so the
 * states of a thousand queues cost two statements. A node that dies takes the notes of one cycle with it.
 */
@ApplicationScoped
public class QueueNotes {

    private static final String INTERNAL = "called by the site director";
    private static final Duration HISTORY = Duration.ofDays(1);
    private static final int LONGEST_FAILURE = 2000;

    private final Map<PilotSlot, QueueState> states = new LinkedHashMap<>();
    private final Map<List<Object>, SubmissionCount> counts = new LinkedHashMap<>();
    private QueueRecords records;
    private Clock clock;

    protected QueueNotes() {} // for the container's proxy

    @Inject
    public QueueNotes(QueueRecords records, Clock clock) {
        this.records = records;
        this.clock = clock;
    }

    /** Notes a round that came to its end well. */
    @OpenAccess(INTERNAL)
    public synchronized void served(PilotSlot slot, int freePlaces) {
        note(new QueueState(
                slot,
                clock.instant(),
                freePlaces,
                0,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty()));
    }

    /**
     * Notes a round that failed.
     *
     * @param failures in a row
     */
    @OpenAccess(INTERNAL)
    public synchronized void failed(PilotSlot slot, int failures, String failure, Optional<Instant> nextTry) {
        Instant now = clock.instant();
        String text = failure.length() > LONGEST_FAILURE ? failure.substring(0, LONGEST_FAILURE - 1) + "…" : failure;
        note(new QueueState(
                slot,
                now,
                0,
                failures,
                Optional.of(now),
                Optional.of(text.replace('\0', ' ')),
                nextTry,
                Optional.empty()));
    }

    private void note(QueueState state) {
        states.merge(
                state.slot(),
                state,
                (before, now) -> new QueueState(
                        now.slot(),
                        now.lastRound(),
                        now.freePlaces(),
                        now.failures(),
                        now.failed().or(before::failed),
                        now.failure().or(before::failure),
                        now.nextTry(),
                        before.lastSubmission()));
    }

    /** Notes what became of pilots that were sent. */
    @OpenAccess(INTERNAL)
    public synchronized void submitted(PilotSlot slot, VoName vo, List<SubmissionOutcome> outcomes) {
        if (outcomes.isEmpty()) {
            return;
        }
        Instant now = clock.instant();
        Instant hour = now.truncatedTo(ChronoUnit.HOURS);
        long accepted = count(outcomes, SubmissionOutcome.Accepted.class);
        SubmissionCount count = new SubmissionCount(
                slot,
                vo,
                hour,
                accepted,
                count(outcomes, SubmissionOutcome.Refused.class),
                count(outcomes, SubmissionOutcome.Undecided.class));
        counts.merge(List.of(slot, vo, hour), count, SubmissionCount::plus);
        if (accepted > 0) {
            states.merge(
                    slot,
                    new QueueState(
                            slot, now, 0, 0, Optional.empty(), Optional.empty(), Optional.empty(), Optional.of(now)),
                    (before, one) -> new QueueState(
                            slot,
                            before.lastRound(),
                            before.freePlaces(),
                            before.failures(),
                            before.failed(),
                            before.failure(),
                            before.nextTry(),
                            one.lastSubmission()));
        }
    }

    private static long count(List<SubmissionOutcome> outcomes, Class<? extends SubmissionOutcome> kind) {
        return outcomes.stream().filter(kind::isInstance).count();
    }

    /** What became of the pilots of each queue in the last day, by the texts of their slots. */
    @OpenAccess(INTERNAL)
    public Map<String, QueueHistory> histories() {
        return records.histories(clock.instant().minus(HISTORY));
    }

    /** Writes down what there is; what cannot be written now is tried again with the next cycle. */
    @OpenAccess(INTERNAL)
    public void write() {
        List<QueueState> noted;
        List<SubmissionCount> counted;
        synchronized (this) {
            noted = new ArrayList<>(states.values());
            counted = new ArrayList<>(counts.values());
            states.clear();
            counts.clear();
        }
        if (noted.isEmpty() && counted.isEmpty()) {
            return;
        }
        try {
            records.keep(noted, counted, clock.instant());
        } catch (RuntimeException databaseAway) {
            LOG.queueNotesNotWritten(databaseAway);
            synchronized (this) {
                noted.forEach(state -> states.putIfAbsent(state.slot(), state));
                counted.forEach(count ->
                        counts.merge(List.of(count.slot(), count.vo(), count.hour()), count, SubmissionCount::plus));
            }
        }
    }
}
