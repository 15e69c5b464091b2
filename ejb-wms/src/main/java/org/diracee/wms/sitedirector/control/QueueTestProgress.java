/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.sitedirector.control;

import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.diracee.wms.pilot.boundary.PilotStatus;
import org.diracee.wms.sitedirector.boundary.QueueTestStep;
import org.diracee.wms.sitedirector.boundary.QueueTestStep.Kind;
import org.diracee.wms.sitedirector.boundary.QueueTestStep.State;
import org.diracee.wms.sitedirector.entity.QueueTestFacts;
import org.diracee.wms.sitedirector.entity.QueueTestFacts.OfJob;
import org.diracee.wms.sitedirector.entity.QueueTestFacts.OfPilot;

/**
 * How far the test of a queue has come, by what is known of its pilot and its job. A step that is done proves those before it, whether
 * they were noticed or not.
 */
public final class QueueTestProgress {

    private static final String DONE = "Done";

    private final QueueTestFacts facts;
    private final Map<Kind, Instant> times = new EnumMap<>(Kind.class);
    private final Map<Kind, String> details = new EnumMap<>(Kind.class);
    private int reached;

    private QueueTestProgress(QueueTestFacts facts) {
        this.facts = facts;
    }

    public static QueueTestProgress of(QueueTestFacts facts) {
        QueueTestProgress progress = new QueueTestProgress(facts);
        progress.read();
        return progress;
    }

    private void read() {
        if (facts.job().isPresent()) {
            done(Kind.CONFIGURATION, Optional.of(facts.started()));
        }
        done(Kind.TAKEN_UP, facts.takenUp());
        done(Kind.CONTACT, facts.contacted());
        done(Kind.SUBMITTED, facts.submitted());
        facts.pilot().ifPresent(pilot -> {
            pilot.reference().ifPresent(reference -> {
                reach(Kind.SUBMITTED);
                details.put(Kind.SUBMITTED, reference);
            });
            done(Kind.QUEUED, pilot.queued());
            done(Kind.RUNNING, pilot.running());
            done(Kind.LOGGED_IN, pilot.loggedIn());
        });
        facts.job().ifPresent(job -> {
            done(Kind.MATCHED, job.matched());
            if (job.status().equals(DONE) && job.hasOutput()) {
                reach(Kind.JOB_DONE);
                done(Kind.JOB_DONE, job.ended());
            }
        });
        if (reached > Kind.JOB_DONE.ordinal()) {
            facts.pilot().filter(pilot -> pilot.status() == PilotStatus.DONE).ifPresent(pilot -> {
                reach(Kind.PILOT_ENDED);
                done(Kind.PILOT_ENDED, pilot.ended());
                details.put(Kind.PILOT_ENDED, pilot.reason());
                if (pilot.cleaned()) {
                    reach(Kind.CLEANED);
                }
            });
        }
    }

    private void done(Kind kind, Optional<Instant> at) {
        at.ifPresent(time -> {
            times.put(kind, time);
            reach(kind);
        });
    }

    private void reach(Kind kind) {
        reached = Math.max(reached, kind.ordinal() + 1);
    }

    /** Why the test cannot go well any more. */
    public Optional<String> failure() {
        return facts.failure().or(this::failureOfPilotOrJob);
    }

    private Optional<String> failureOfPilotOrJob() {
        Optional<OfPilot> ended =
                facts.pilot().filter(pilot -> pilot.status().isFinal() && reached <= Kind.PILOT_ENDED.ordinal());
        if (ended.isPresent() && (reached > Kind.JOB_DONE.ordinal() || !isJobOver())) {
            return ended.map(pilot -> "The pilot is " + pilot.status().wireName() + ": " + pilot.reason());
        }
        return facts.job()
                .filter(job -> job.over() && reached <= Kind.JOB_DONE.ordinal())
                .map(QueueTestProgress::text)
                .or(() -> ended.map(pilot -> "The pilot is " + pilot.status().wireName() + ": " + pilot.reason()));
    }

    private boolean isJobOver() {
        return facts.job().map(OfJob::over).orElse(false);
    }

    private static String text(OfJob job) {
        return job.status().equals(DONE)
                ? "The job is Done, but its output did not arrive"
                : "The job is " + job.status() + ": " + job.minorStatus()
                        + (job.applicationStatus().equals("Unknown") ? "" : "; " + job.applicationStatus());
    }

    /** Whether the outcome is certain: what remains is to tidy up. */
    public boolean isOver() {
        return reached > Kind.PILOT_ENDED.ordinal() || failure().isPresent();
    }

    /** All steps, done or not. */
    public List<QueueTestStep> steps() {
        Optional<String> failure = failure();
        List<QueueTestStep> steps = new ArrayList<>();
        for (Kind kind : Kind.values()) {
            State state = State.PENDING;
            Optional<String> detail = Optional.ofNullable(details.get(kind));
            if (kind.ordinal() < reached) {
                state = State.DONE;
            } else if (kind.ordinal() == reached && failure.isPresent()) {
                state = State.FAILED;
                detail = failure;
            } else if (kind.ordinal() == reached && facts.ended().isEmpty()) {
                state = State.CURRENT;
            }
            steps.add(new QueueTestStep(kind, state, Optional.ofNullable(times.get(kind)), detail));
        }
        return steps;
    }
}
