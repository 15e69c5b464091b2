/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.sitedirector.boundary;

import static org.diracee.wms.log.boundary.WmsLog.LOG;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.diracee.framework.agent.boundary.AgentLease;
import org.diracee.framework.agent.boundary.LeaseLost;
import org.diracee.kernel.access.Caller;
import org.diracee.kernel.access.CallerKind;
import org.diracee.kernel.access.Requires;
import org.diracee.kernel.error.DiracException;
import org.diracee.wms.pilot.boundary.IssuedPilot;
import org.diracee.wms.pilot.boundary.PilotManager;
import org.diracee.wms.sitedirector.control.CeFailures;
import org.diracee.wms.sitedirector.control.CeQueue;
import org.diracee.wms.sitedirector.control.ComputingElement;
import org.diracee.wms.sitedirector.control.ComputingElementFailure;
import org.diracee.wms.sitedirector.control.PilotLaunch;
import org.diracee.wms.sitedirector.control.SubmissionOutcome;
import org.diracee.wms.sitedirector.entity.QueueTestFacts;

/** Carries out tests of queues: each in a round of its own, whether the computing element is left alone by others or not. */
@ApplicationScoped
public class QueueTesting {

    private QueueTests tests;
    private PilotIntentions intentions;
    private PilotPush push;
    private PilotFollowing following;
    private PilotManager pilots;
    private QueueNotes notes;

    protected QueueTesting() {} // for the container's proxy

    @Inject
    public QueueTesting(
            QueueTests tests,
            PilotIntentions intentions,
            PilotPush push,
            PilotFollowing following,
            PilotManager pilots,
            QueueNotes notes) {
        this.tests = tests;
        this.intentions = intentions;
        this.push = push;
        this.following = following;
        this.pilots = pilots;
        this.notes = notes;
    }

    /**
     * Ends the tests whose outcome is certain, and tells what is to be done for those that wait.
     *
     * @param adapters by the type of the computing element
     * @param failures forgets those of a computing element that takes the pilot of a test
     * @return rounds by a name for each
     */
    @Requires(callers = CallerKind.SYSTEM)
    public Map<String, Supplier<RoundReport>> due(
            Caller caller,
            Optional<AgentLease> lease,
            Map<String, ComputingElement> adapters,
            List<CeQueue> queues,
            CeFailures failures) {
        Map<String, Supplier<RoundReport>> due = new LinkedHashMap<>();
        try {
            tests.conclude(caller);
            for (QueueTestFacts test : tests.due(caller)) {
                Optional<CeQueue> queue = queues.stream()
                        .filter(one -> one.slot().equals(test.slot()))
                        .findFirst();
                Optional<ComputingElement> adapter =
                        queue.flatMap(one -> Optional.ofNullable(adapters.get(one.ceType())));
                if (queue.isEmpty() || adapter.isEmpty()) {
                    tests.fail(
                            caller,
                            test.id(),
                            queue.map(one -> "There is no adapter for CEType " + one.ceType() + "; there are "
                                            + String.join(", ", adapters.keySet()))
                                    .orElse("The configuration has no such queue any more"));
                } else {
                    due.put("test " + test.id() + " of " + test.slot(), () -> {
                        RoundReport report = carryOut(caller, lease, adapter.get(), queue.get(), test);
                        if (report.submitted() > 0) {
                            failures.succeeded(queue.get().computingElement());
                        }
                        return report;
                    });
                }
            }
        } catch (RuntimeException broken) {
            // tests wait; the work of the site director does not wait for them
            LOG.roundBroken("the tests of queues", broken);
        }
        return due;
    }

    private RoundReport carryOut(
            Caller caller, Optional<AgentLease> lease, ComputingElement element, CeQueue queue, QueueTestFacts test) {
        if (!tests.takeUp(caller, test.id())) {
            return RoundReport.NOTHING;
        }
        try {
            Optional<String> obstacle = queue.isPush() ? push.obstacle(caller, element) : Optional.empty();
            if (obstacle.isPresent()) {
                throw new ComputingElementFailure(obstacle.get());
            }
            element.contact(queue, test.vo());
            tests.contacted(caller, test.id());
            element.prepare(queue);
            IssuedPilot pilot = intentions.issueForTest(caller, lease, test, queue);
            return submit(caller, element, queue.boundTo(test.tag()), test, pilot);
        } catch (ComputingElementFailure failure) {
            tests.fail(caller, test.id(), failure.detail());
            return new RoundReport(0, 0, 1);
        } catch (LeaseLost takenOver) {
            tests.fail(caller, test.id(), "Another node took over meanwhile: test again");
            return RoundReport.NOTHING;
        } catch (RuntimeException broken) {
            tests.fail(caller, test.id(), "The server failed; its log says why");
            throw broken;
        }
    }

    private RoundReport submit(
            Caller caller, ComputingElement element, CeQueue queue, QueueTestFacts test, IssuedPilot pilot) {
        List<SubmissionOutcome> outcomes;
        try {
            Optional<PilotLaunch> launch = queue.isPush()
                    ? push.load(caller, element, queue, pilot.stamp(), test.vo())
                    : Optional.of(new PilotLaunch(pilot.stamp(), test.vo(), pilot.secret()));
            if (launch.isEmpty()) {
                tests.fail(caller, test.id(), "The matcher gives the queue no job, not even that of the test");
                return new RoundReport(0, 0, 1);
            }
            outcomes = element.submit(queue, List.of(launch.get()));
        } catch (ComputingElementFailure none) {
            following.refused(caller, queue, pilot.stamp(), none.detail());
            throw none;
        } catch (DiracException notLaid) {
            following.refused(caller, queue, pilot.stamp(), notLaid.detail());
            throw new ComputingElementFailure(notLaid.detail(), notLaid);
        }
        notes.submitted(queue.slot(), test.vo(), outcomes);
        SubmissionOutcome outcome = outcomes.get(0);
        if (outcome instanceof SubmissionOutcome.Accepted accepted) {
            pilots.accepted(caller, accepted.stamp(), accepted.reference(), "Submitted to test the queue");
            LOG.pilotSubmitted(accepted.stamp(), queue.slot().toString(), accepted.reference());
            tests.submitted(caller, test.id());
            return new RoundReport(1, 0, 0);
        }
        if (outcome instanceof SubmissionOutcome.Refused refused) {
            following.refused(caller, queue, refused.stamp(), refused.reason());
        } else if (outcome instanceof SubmissionOutcome.Undecided undecided) {
            LOG.submissionUndecided(undecided.stamp(), queue.slot().toString(), undecided.reason());
        }
        return new RoundReport(0, 0, 1);
    }
}
