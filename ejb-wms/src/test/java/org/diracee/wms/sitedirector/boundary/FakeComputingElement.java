/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.sitedirector.boundary;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.diracee.kernel.value.PilotStamp;
import org.diracee.kernel.value.VoName;
import org.diracee.wms.pilot.boundary.PilotOutput;
import org.diracee.wms.sitedirector.control.CeQueue;
import org.diracee.wms.sitedirector.control.ComputingElement;
import org.diracee.wms.sitedirector.control.ComputingElementFailure;
import org.diracee.wms.sitedirector.control.Occupancy;
import org.diracee.wms.sitedirector.control.PilotLaunch;
import org.diracee.wms.sitedirector.control.PilotProcess;
import org.diracee.wms.sitedirector.control.SubmissionOutcome;
import org.diracee.wms.sitedirector.control.SubmittedPilot;
import org.jspecify.annotations.Nullable;

/** A computing element whose pilots do what a test says. */
final class FakeComputingElement implements ComputingElement {

    final Map<PilotStamp, PilotProcess> processes = new ConcurrentHashMap<>();
    private final Map<PilotStamp, CeQueue> sent = new ConcurrentHashMap<>();
    final List<PilotStamp> killed = new CopyOnWriteArrayList<>();
    final List<PilotStamp> sought = new CopyOnWriteArrayList<>();
    final List<PilotStamp> cleaned = new CopyOnWriteArrayList<>();
    volatile boolean down;
    volatile boolean refusing;

    /** While set, it does not tell of single pilots, nor end them. */
    volatile boolean mute;

    /** While set, what pilots need cannot be brought there. */
    volatile boolean unprepared;

    /** While set, nobody can see whether it is there. */
    volatile boolean unreachable;

    /** While set, calls of the computing element of this name do not return. */
    volatile @Nullable String stuck;

    /** What this pilot left cannot be taken in. */
    volatile @Nullable PilotStamp breaking;

    /** Set to make the server "die" after the pilot started. */
    volatile boolean dieAfterSubmission;

    /** What happens in the middle of a round, before the last step. */
    volatile Runnable whenAskedForRoom = () -> {};

    final CountDownLatch release = new CountDownLatch(1);

    @Override
    public String type() {
        return "Fake";
    }

    @Override
    public void prepare(CeQueue queue) {
        if (unprepared) {
            throw new ComputingElementFailure("the disk is full");
        }
    }

    @Override
    public List<SubmissionOutcome> submit(CeQueue queue, List<PilotLaunch> pilots) {
        answer(queue);
        List<SubmissionOutcome> outcomes = new ArrayList<>();
        for (PilotLaunch pilot : pilots) {
            if (refusing) {
                outcomes.add(new SubmissionOutcome.Refused(pilot.stamp(), "the queue is drained"));
            } else {
                sent.put(pilot.stamp(), queue);
                processes.put(pilot.stamp(), new PilotProcess.Waiting());
                outcomes.add(new SubmissionOutcome.Accepted(pilot.stamp(), "fake://" + pilot.stamp()));
            }
        }
        if (dieAfterSubmission) {
            throw new IllegalStateException("the server dies here");
        }
        return outcomes;
    }

    @Override
    public Optional<String> find(CeQueue queue, PilotStamp stamp, VoName vo) {
        answer(queue);
        speak();
        sought.add(stamp);
        return Optional.ofNullable(processes.get(stamp)).map(process -> "fake://" + stamp);
    }

    @Override
    public Map<PilotStamp, PilotProcess> status(CeQueue queue, Collection<SubmittedPilot> pilots) {
        answer(queue);
        Map<PilotStamp, PilotProcess> answer = new LinkedHashMap<>();
        pilots.forEach(pilot -> answer.put(
                pilot.stamp(), processes.getOrDefault(pilot.stamp(), new PilotProcess.Vanished("gone", ""))));
        return answer;
    }

    @Override
    public void kill(CeQueue queue, Collection<SubmittedPilot> pilots) {
        answer(queue);
        speak();
        pilots.forEach(pilot -> killed.add(pilot.stamp()));
    }

    @Override
    public Optional<PilotOutput> output(CeQueue queue, SubmittedPilot pilot) {
        if (pilot.stamp().equals(breaking)) {
            throw new IllegalStateException("a value that no database keeps");
        }
        return Optional.of(new PilotOutput("out of " + pilot.stamp(), "err"));
    }

    @Override
    public void clean(CeQueue queue, SubmittedPilot pilot) {
        cleaned.add(pilot.stamp());
    }

    @Override
    public Optional<Occupancy> occupancy(CeQueue queue) {
        whenAskedForRoom.run();
        return Optional.empty();
    }

    /** What the pilot was told to offer. */
    List<String> tags(PilotStamp pilot) {
        return Objects.requireNonNull(sent.get(pilot)).tags();
    }

    private void speak() {
        if (mute) {
            throw new ComputingElementFailure("no answer");
        }
    }

    private void answer(CeQueue queue) {
        if (queue.slot().computingElement().equals(stuck)) {
            try {
                release.await();
            } catch (InterruptedException stop) {
                Thread.currentThread().interrupt();
            }
        }
        if (down) {
            throw new ComputingElementFailure("connection refused");
        }
    }

    @Override
    public void contact(CeQueue queue, VoName vo) {
        if (unreachable) {
            throw new ComputingElementFailure("no such host");
        }
    }
}
