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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.diracee.framework.configuration.boundary.ConfigurationService;
import org.diracee.kernel.access.Caller;
import org.diracee.kernel.access.CallerKind;
import org.diracee.kernel.access.Requires;
import org.diracee.kernel.error.Unavailable;
import org.diracee.kernel.value.PilotStamp;
import org.diracee.wms.pilot.boundary.PilotManager;
import org.diracee.wms.pilot.boundary.PilotStatus;
import org.diracee.wms.pilot.boundary.PilotView;
import org.diracee.wms.sitedirector.control.CeQueue;
import org.diracee.wms.sitedirector.control.ComputingElement;
import org.diracee.wms.sitedirector.control.ComputingElementFailure;
import org.diracee.wms.sitedirector.control.CycleFacts;
import org.diracee.wms.sitedirector.control.PilotProcess;
import org.diracee.wms.sitedirector.control.SiteDirectorSettings;
import org.diracee.wms.sitedirector.control.SubmittedPilot;
import org.jspecify.annotations.Nullable;

/** Keeps what is known of pilots true: asks their computing element, notes ends, kills on request, tidies up. */
@ApplicationScoped
public class PilotFollowing {

    private static final int MOST = 10_000;
    private static final int MOST_TO_REAP = 100;

    /** A submission whose outcome was not noted by then is looked for; longer than any adapter takes to submit. */
    private static final Duration SUBMISSION_LIMIT = Duration.ofMinutes(3);

    /** So long others are looked for in a round; slow computing elements leave the rest for later rounds. */
    private static final Duration LOOKING_LIMIT = Duration.ofMinutes(2);

    /** A sign of life that is younger is not noted again. */
    private static final Duration NOTED_LIMIT = Duration.ofMinutes(10);

    /** A pilot that runs says so itself; if it does not, the computing element's word counts after a while. */
    private static final Duration OWN_WORD_LIMIT = Duration.ofMinutes(3);

    /** @see "WMS reference 11.3: no answer for an hour means aborted" */
    private static final Duration UNKNOWN_LIMIT = Duration.ofHours(1);

    private PilotManager pilots;
    private PilotPush push;
    private SiteDirectorSettings settings;
    private ConfigurationService configuration;
    private Clock clock;

    protected PilotFollowing() {} // for the container's proxy

    @Inject
    public PilotFollowing(
            PilotManager pilots,
            PilotPush push,
            SiteDirectorSettings settings,
            ConfigurationService configuration,
            Clock clock) {
        this.pilots = pilots;
        this.push = push;
        this.settings = settings;
        this.configuration = configuration;
        this.clock = clock;
    }

    /**
     * Asks after all pilots of the queue once.
     *
     * @throws ComputingElementFailure if the computing element did not answer
     */
    @Requires(callers = CallerKind.SYSTEM)
    public RoundReport follow(Caller caller, ComputingElement element, CeQueue queue, CycleFacts facts) {
        List<PilotView> unfinished =
                facts.counts(queue.slot()).isEmpty() ? List.of() : pilots.unfinished(caller, queue.slot(), MOST);
        int ended = 0;
        // what goes wrong with one pilot keeps nobody from following the others
        List<ComputingElementFailure> failures = new ArrayList<>();
        List<PilotView> submitted = unfinished.stream()
                .filter(pilot -> pilot.reference().isPresent())
                .toList();
        if (!submitted.isEmpty()) {
            Map<PilotStamp, PilotProcess> processes = element.status(
                    queue, submitted.stream().map(PilotFollowing::submitted).toList());
            try {
                kill(element, queue, submitted, processes);
            } catch (ComputingElementFailure failure) {
                failures.add(failure);
            }
            noteLife(caller, submitted, processes);
            push.follow(
                    caller, element, submitted.stream().map(PilotView::stamp).toList(), processes);
            for (PilotView pilot : submitted) {
                PilotProcess process = processes.get(pilot.stamp());
                try {
                    if (process != null && note(caller, element, queue, pilot, process)) {
                        ended++;
                    }
                } catch (ComputingElementFailure failure) {
                    failures.add(failure);
                } catch (Unavailable later) {
                    failures.add(new ComputingElementFailure(later.detail(), later));
                } catch (RuntimeException broken) {
                    failures.add(broken(pilot, broken));
                }
            }
        }
        Instant enough = clock.instant().plus(LOOKING_LIMIT);
        for (PilotView pilot : unfinished) {
            if (pilot.reference().isEmpty()
                    && isOlder(pilot.submissionTime(), SUBMISSION_LIMIT)
                    && !clock.instant().isAfter(enough)) {
                try {
                    ended += reconciled(caller, element, queue, pilot) ? 0 : 1;
                } catch (ComputingElementFailure failure) {
                    failures.add(failure);
                } catch (RuntimeException broken) {
                    failures.add(broken(pilot, broken));
                }
            }
        }
        if (!failures.isEmpty()) {
            LOG.pilotsNotAsked(failures.size(), queue.slot().toString(), failures.get(0));
        }
        int failed = facts.isUncleaned(queue.slot()) ? reap(caller, element, queue) : 0;
        return new RoundReport(0, ended, failed + failures.size());
    }

    private static ComputingElementFailure broken(PilotView pilot, RuntimeException broken) {
        return new ComputingElementFailure("Pilot " + pilot.stamp() + " could not be followed: " + broken, broken);
    }

    /** The pilots of the queue of which the computing element may have something. */
    @Requires(callers = CallerKind.SYSTEM)
    public Set<PilotStamp> known(Caller caller, CeQueue queue) {
        return Stream.concat(
                        pilots.unfinished(caller, queue.slot(), MOST).stream(),
                        pilots.uncleaned(caller, queue.slot(), Duration.ZERO, MOST).stream())
                .map(PilotView::stamp)
                .collect(Collectors.toSet());
    }

    /** The status alone changes too seldom to tell since when nothing is known of a pilot. */
    private void noteLife(Caller caller, List<PilotView> submitted, Map<PilotStamp, PilotProcess> processes) {
        List<PilotStamp> alive = submitted.stream()
                .filter(pilot -> isOlder(pilot.lastUpdateTime(), NOTED_LIMIT))
                .map(PilotView::stamp)
                .filter(stamp -> processes.get(stamp) instanceof PilotProcess.Waiting
                        || processes.get(stamp) instanceof PilotProcess.Running)
                .toList();
        if (!alive.isEmpty()) {
            pilots.alive(caller, alive);
        }
    }

    /** Notes that a pilot was not started, and left nothing. */
    @Requires(callers = CallerKind.SYSTEM)
    public void refused(Caller caller, CeQueue queue, PilotStamp stamp, String reason) {
        LOG.pilotRefused(stamp, queue.slot().toString(), reason);
        pilots.report(caller, stamp, PilotStatus.FAILED, "Not taken by the computing element: " + reason);
        pilots.cleaned(caller, stamp);
    }

    /** Finds out what a crash between intention and start left: the pilot runs, or it never will. */
    private boolean reconciled(Caller caller, ComputingElement element, CeQueue queue, PilotView pilot) {
        Optional<String> reference = element.find(queue, pilot.stamp(), pilot.vo());
        if (reference.isEmpty()) {
            if (pilot.status().isFinal()) {
                pilots.cleaned(caller, pilot.stamp());
            } else {
                refused(caller, queue, pilot.stamp(), "its submission broke off");
            }
            return false;
        }
        LOG.pilotReconciled(pilot.stamp(), queue.slot().toString(), reference.get());
        pilots.accepted(caller, pilot.stamp(), reference.get(), "Found again after its submission broke off");
        return true;
    }

    private static void kill(
            ComputingElement element,
            CeQueue queue,
            List<PilotView> submitted,
            Map<PilotStamp, PilotProcess> processes) {
        List<SubmittedPilot> condemned = submitted.stream()
                .filter(pilot -> pilot.killRequested().isPresent())
                .filter(pilot -> !isOver(processes.get(pilot.stamp())))
                .map(PilotFollowing::submitted)
                .toList();
        if (!condemned.isEmpty()) {
            condemned.forEach(
                    pilot -> LOG.pilotKilled(pilot.stamp(), queue.slot().toString(), "on request"));
            element.kill(queue, condemned);
        }
    }

    /** @return whether the pilot's end was noted */
    private boolean note(
            Caller caller, ComputingElement element, CeQueue queue, PilotView pilot, PilotProcess process) {
        if (process instanceof PilotProcess.Waiting) {
            report(caller, pilot, PilotStatus.WAITING, "Waits at the computing element");
            return false;
        }
        if (process instanceof PilotProcess.Running) {
            if (pilot.status() != PilotStatus.RUNNING && isOlder(pilot.submissionTime(), OWN_WORD_LIMIT)) {
                report(caller, pilot, PilotStatus.RUNNING, "Runs by the word of the computing element");
            }
            return false;
        }
        if (process instanceof PilotProcess.Ended ended) {
            if (ended.exitCode() == 0) {
                return over(caller, element, queue, pilot, PilotStatus.DONE, "Ended with exit code 0", false);
            }
            return over(
                    caller,
                    element,
                    queue,
                    pilot,
                    PilotStatus.FAILED,
                    "Ended with exit code " + ended.exitCode() + lastWords(ended.lastWords()),
                    false);
        }
        if (process instanceof PilotProcess.Vanished vanished) {
            String reason = vanished.reason() + lastWords(vanished.lastWords());
            return over(caller, element, queue, pilot, PilotStatus.ABORTED, reason, false);
        }
        if (process instanceof PilotProcess.Unknown unknown && isOlder(pilot.lastUpdateTime(), UNKNOWN_LIMIT)) {
            if (pilot.killRequested().isEmpty() && push.isAwaited(caller, element, pilot.stamp())) {
                return false; // a computing element that is away says nothing of the job
            }
            return over(
                    caller,
                    element,
                    queue,
                    pilot,
                    PilotStatus.ABORTED,
                    "No sign of life for " + UNKNOWN_LIMIT.toMinutes() + " min: " + unknown.reason(),
                    true);
        }
        return false;
    }

    private boolean over(
            Caller caller,
            ComputingElement element,
            CeQueue queue,
            PilotView pilot,
            PilotStatus status,
            String reason,
            boolean isLost) {
        keepOutput(caller, element, queue, pilot);
        push.takeIn(caller, element, queue, submitted(pilot), !isLost, reason);
        boolean killed = pilot.killRequested().isPresent() && status != PilotStatus.DONE;
        PilotStatus told = killed ? PilotStatus.ABORTED : status;
        String why = killed ? "Killed on request. " + reason : reason;
        boolean changed = pilots.report(caller, pilot.stamp(), told, why);
        if (changed) {
            LOG.pilotEnded(pilot.stamp(), queue.slot().toString(), told.wireName(), why);
        }
        return changed;
    }

    /** A failure to keep what the pilot wrote does not keep its end from being noted. */
    private void keepOutput(Caller caller, ComputingElement element, CeQueue queue, PilotView pilot) {
        try {
            element.output(queue, submitted(pilot))
                    .ifPresent(output -> pilots.storeOutput(caller, pilot.stamp(), output));
        } catch (ComputingElementFailure failure) {
            LOG.debugf(failure, "the output of pilot %s is lost", pilot.stamp());
        }
    }

    /**
     * Tidies up after pilots that ended a while ago. One that said it was done and still runs is killed.
     *
     * @return how many could not be tidied up after
     */
    private int reap(Caller caller, ComputingElement element, CeQueue queue) {
        Duration delay = settings.reapDelay(configuration.current());
        List<PilotView> ended = pilots.uncleaned(caller, queue.slot(), delay, MOST_TO_REAP);
        if (ended.isEmpty()) {
            return 0;
        }
        Map<PilotStamp, PilotProcess> processes = element.status(
                queue,
                ended.stream()
                        .filter(pilot -> pilot.reference().isPresent())
                        .map(PilotFollowing::submitted)
                        .toList());
        Instant enough = clock.instant().plus(LOOKING_LIMIT);
        int failed = 0;
        for (PilotView pilot : ended) {
            PilotProcess process = processes.get(pilot.stamp());
            try {
                if (pilot.reference().isEmpty()) {
                    // it ended before its broken-off submission was looked for
                    if (isOlder(pilot.submissionTime(), SUBMISSION_LIMIT)
                            && !clock.instant().isAfter(enough)) {
                        reconciled(caller, element, queue, pilot);
                    }
                } else if (isOver(process)) {
                    keepOutput(caller, element, queue, pilot);
                    element.clean(queue, submitted(pilot));
                    pilots.cleaned(caller, pilot.stamp());
                } else if (process instanceof PilotProcess.Running || process instanceof PilotProcess.Waiting) {
                    // one that waits may have a parcel, with which it works whatever was noted
                    LOG.pilotKilled(
                            pilot.stamp(),
                            queue.slot().toString(),
                            "it lives on " + delay.toSeconds() + " s after its end was noted");
                    element.kill(queue, List.of(submitted(pilot)));
                }
            } catch (ComputingElementFailure failure) {
                LOG.pilotNotCleaned(pilot.stamp(), queue.slot().toString(), failure);
                failed++;
            }
        }
        return failed;
    }

    private void report(Caller caller, PilotView pilot, PilotStatus status, String reason) {
        if (pilot.status() != status) {
            pilots.report(caller, pilot.stamp(), status, reason);
        }
    }

    private boolean isOlder(Instant moment, Duration limit) {
        return moment.plus(limit).isBefore(clock.instant());
    }

    private static boolean isOver(@Nullable PilotProcess process) {
        return process instanceof PilotProcess.Ended || process instanceof PilotProcess.Vanished;
    }

    private static String lastWords(String words) {
        return words.isBlank() ? "" : ": " + words.strip();
    }

    /** Only for pilots with a reference. */
    private static SubmittedPilot submitted(PilotView pilot) {
        return new SubmittedPilot(pilot.stamp(), pilot.reference().orElseThrow());
    }
}
