/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.sitedirector.gateway;

import static org.diracee.wms.log.boundary.WmsLog.LOG;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.diracee.kernel.value.PilotStamp;
import org.diracee.kernel.value.VoName;
import org.diracee.wms.sitedirector.control.ComputingElementFailure;
import org.diracee.wms.sitedirector.control.PilotLaunch;
import org.diracee.wms.sitedirector.control.SubmissionOutcome;

/**
 * Hands pilots of a VO to A-REX in one submission: first as jobs, then the two files that each waits for. A job that does not get its
 * files is taken back.
 */
final class ArcSubmission {

    /** So many jobs' files are on their way at a time. */
    private static final int AT_A_TIME = 8;

    private final ArcRest rest;
    private final String address;
    private final VoName vo;
    private final Clock clock;
    private final Instant deadline;

    /** @param address of the computing element, with its port */
    ArcSubmission(ArcRest rest, String address, VoName vo, Clock clock, Instant deadline) {
        this.rest = rest;
        this.address = address;
        this.vo = vo;
        this.clock = clock;
        this.deadline = deadline;
    }

    /**
     * What became of each pilot, in their order.
     *
     * @param descriptions of all, in their order
     * @param scripts that they wait for
     * @throws IOException if certainly nothing was received
     */
    List<SubmissionOutcome> submit(String descriptions, List<PilotLaunch> pilots, Map<PilotStamp, String> scripts)
            throws IOException {
        List<ArcJob> jobs;
        try {
            jobs = rest.create(descriptions, left());
        } catch (IOException failure) {
            if (CeHttp.isUnsent(failure)) {
                throw failure;
            }
            String why = address + " gave no answer: " + failure.getMessage();
            return pilots.stream()
                    .<SubmissionOutcome>map(pilot -> new SubmissionOutcome.Undecided(pilot.stamp(), why))
                    .toList();
        }
        Map<PilotStamp, SubmissionOutcome> outcomes = new LinkedHashMap<>();
        List<Taken> taken = new ArrayList<>();
        for (int index = 0; index < pilots.size(); index++) {
            PilotLaunch pilot = pilots.get(index);
            PilotStamp stamp = pilot.stamp();
            if (index >= jobs.size()) {
                outcomes.put(stamp, new SubmissionOutcome.Undecided(stamp, address + " said nothing of it"));
            } else if (jobs.get(index).isTaken()
                    && ArcReference.isId(jobs.get(index).id())) {
                taken.add(new Taken(pilot, jobs.get(index).id(), Objects.requireNonNull(scripts.get(stamp))));
            } else {
                outcomes.put(
                        stamp,
                        new SubmissionOutcome.Refused(stamp, jobs.get(index).refusal()));
            }
        }
        outcomes.putAll(equip(taken));
        return pilots.stream().map(pilot -> outcomes.get(pilot.stamp())).toList();
    }

    /** A pilot that A-REX has taken as a job, and the script that it waits for. */
    private record Taken(PilotLaunch pilot, String id, String script) {}

    private Map<PilotStamp, SubmissionOutcome> equip(List<Taken> taken) {
        Map<PilotStamp, SubmissionOutcome> outcomes = new LinkedHashMap<>();
        Map<Taken, String> failed = new LinkedHashMap<>();
        for (int first = 0; first < taken.size(); first += AT_A_TIME) {
            Map<Taken, Upload> begun = new LinkedHashMap<>();
            for (Taken job : taken.subList(first, Math.min(first + AT_A_TIME, taken.size()))) {
                begun.put(job, Upload.begin(rest, job));
            }
            begun.forEach((job, upload) -> upload.failure(left())
                    .ifPresentOrElse(
                            why -> failed.put(job, why),
                            () -> outcomes.put(job.pilot().stamp(), accepted(job))));
        }
        outcomes.putAll(takeBack(failed));
        return outcomes;
    }

    private SubmissionOutcome accepted(Taken job) {
        return new SubmissionOutcome.Accepted(job.pilot().stamp(), new ArcReference(address, job.id(), vo).toString());
    }

    private Map<PilotStamp, SubmissionOutcome> takeBack(Map<Taken, String> failed) {
        Map<PilotStamp, SubmissionOutcome> outcomes = new LinkedHashMap<>();
        if (failed.isEmpty()) {
            return outcomes;
        }
        Set<String> killed = new HashSet<>();
        try {
            rest.act("kill", failed.keySet().stream().map(Taken::id).toList()).stream()
                    .filter(ArcJob::isTaken)
                    .forEach(job -> killed.add(job.id()));
        } catch (IOException | ComputingElementFailure unknown) {
            LOG.debugf(unknown, "jobs at %s may not be taken back", address);
        }
        failed.forEach((job, why) -> {
            PilotStamp stamp = job.pilot().stamp();
            // one that cannot be taken back is followed: whatever becomes of it, A-REX will say so
            outcomes.put(
                    stamp,
                    killed.contains(job.id())
                            ? new SubmissionOutcome.Refused(stamp, "its files were not taken: " + why)
                            : accepted(job));
        });
        return outcomes;
    }

    private Duration left() {
        Duration left = Duration.between(clock.instant(), deadline);
        return left.isNegative() ? Duration.ofMillis(1) : left;
    }

    /** The two files of a job, on their way. */
    private record Upload(List<CompletableFuture<HttpResponse<byte[]>>> files, Optional<String> notBegun) {

        static Upload begin(ArcRest rest, Taken job) {
            try {
                return new Upload(
                        List.of(
                                rest.put(job.id(), ArcDescription.SCRIPT, job.script()),
                                rest.put(
                                        job.id(),
                                        PilotBootstrap.SECRET,
                                        job.pilot().secret())),
                        Optional.empty());
            } catch (IOException failure) {
                return new Upload(List.of(), Optional.of(String.valueOf(failure.getMessage())));
            }
        }

        Optional<String> failure(Duration limit) {
            Optional<String> failure = notBegun;
            for (CompletableFuture<HttpResponse<byte[]>> file : files) {
                try {
                    int status = CeHttp.await(file, limit).status();
                    if (status >= 300) {
                        failure = Optional.of("A-REX answered " + status);
                    }
                } catch (IOException lost) {
                    failure = Optional.of(String.valueOf(lost.getMessage()));
                }
            }
            return failure;
        }
    }
}
