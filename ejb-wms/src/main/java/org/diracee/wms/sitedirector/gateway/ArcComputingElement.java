/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.sitedirector.gateway;

import static java.util.Objects.requireNonNull;
import static org.diracee.wms.log.boundary.WmsLog.LOG;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import org.diracee.framework.registry.boundary.Registry;
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

/**
 * Runs pilots at an ARC computing element, by A-REX's REST interface. A pilot is a job with two files, the script that fetches the
 * pilot's image and the pilot's secret; it does not begin before both are there. What pilots of a VO are sent with, a token or a
 * proxy, is {@link CeCredentials}' business. A call takes at most a minute.
 */
@ApplicationScoped
public class ArcComputingElement implements ComputingElement {

    private static final Duration LIMIT = Duration.ofSeconds(50);

    /** So many jobs' files are on their way at a time. */
    private static final int AT_A_TIME = 8;

    /** So many jobs are asked after in one request. */
    private static final int IN_ONE = 100;

    private static final int OUTPUT_KEPT = 64 * 1024;
    private static final int WORDS_READ = 4 * 1024;

    private ArcSettings settings;
    private PilotBootstrap bootstrap;
    private CeCredentials credentials;
    private CeHttp http;
    private ArcDelegations delegations;
    private Registry registry;
    private Clock clock;

    protected ArcComputingElement() {} // for the container's proxy

    @Inject
    public ArcComputingElement(
            ArcSettings settings,
            PilotBootstrap bootstrap,
            CeCredentials credentials,
            CeHttp http,
            ArcDelegations delegations,
            Registry registry,
            Clock clock) {
        this.settings = settings;
        this.bootstrap = bootstrap;
        this.credentials = credentials;
        this.http = http;
        this.delegations = delegations;
        this.registry = registry;
        this.clock = clock;
    }

    @Override
    public String type() {
        return "AREX";
    }

    @Override
    public List<SubmissionOutcome> submit(CeQueue queue, List<PilotLaunch> pilots) {
        Instant deadline = clock.instant().plus(LIMIT);
        List<SubmissionOutcome> outcomes = new ArrayList<>();
        pilots.stream()
                .collect(Collectors.groupingBy(PilotLaunch::vo, LinkedHashMap::new, Collectors.toList()))
                .forEach((vo, ofVo) -> outcomes.addAll(submit(queue, vo, ofVo, deadline)));
        return outcomes;
    }

    private List<SubmissionOutcome> submit(CeQueue queue, VoName vo, List<PilotLaunch> pilots, Instant deadline) {
        // whatever is wrong with the pilot's image or our credential comes to light before anything is sent
        Map<PilotStamp, String> scripts = new LinkedHashMap<>();
        pilots.forEach(pilot -> scripts.put(pilot.stamp(), bootstrap.script(queue, pilot)));
        ArcRest rest = asked(queue, vo, known -> known);
        String more = settings.xrsl(queue)
                + asked(queue, rest, known -> delegated(queue, known))
                        .map(id -> "(delegationid=\"" + id + "\")")
                        .orElse("");
        String descriptions = new ArcDescription(queue, settings.queueName(queue), more)
                .of(pilots.stream().map(PilotLaunch::stamp).toList());
        List<ArcJob> jobs;
        try {
            jobs = rest.create(descriptions, left(deadline));
        } catch (IOException failure) {
            if (CeHttp.isUnsent(failure)) {
                throw failed(queue, failure);
            }
            String why = address(queue) + " gave no answer: " + failure.getMessage();
            return pilots.stream()
                    .<SubmissionOutcome>map(pilot -> new SubmissionOutcome.Undecided(pilot.stamp(), why))
                    .toList();
        }
        Map<PilotStamp, SubmissionOutcome> outcomes = new LinkedHashMap<>();
        Map<PilotLaunch, String> taken = new LinkedHashMap<>();
        for (int index = 0; index < pilots.size(); index++) {
            PilotLaunch pilot = pilots.get(index);
            if (index >= jobs.size()) {
                outcomes.put(
                        pilot.stamp(),
                        new SubmissionOutcome.Undecided(pilot.stamp(), address(queue) + " said nothing of it"));
            } else if (jobs.get(index).isTaken()
                    && ArcReference.isId(jobs.get(index).id())) {
                taken.put(pilot, jobs.get(index).id());
            } else {
                outcomes.put(
                        pilot.stamp(),
                        new SubmissionOutcome.Refused(
                                pilot.stamp(), jobs.get(index).refusal()));
            }
        }
        outcomes.putAll(equip(queue, vo, rest, taken, scripts, deadline));
        return pilots.stream().map(pilot -> outcomes.get(pilot.stamp())).toList();
    }

    /** Brings the files of jobs that were taken; one that does not get its files is taken back. */
    private Map<PilotStamp, SubmissionOutcome> equip(
            CeQueue queue,
            VoName vo,
            ArcRest rest,
            Map<PilotLaunch, String> taken,
            Map<PilotStamp, String> scripts,
            Instant deadline) {
        Map<PilotStamp, SubmissionOutcome> outcomes = new LinkedHashMap<>();
        Map<PilotLaunch, String> failed = new LinkedHashMap<>();
        List<PilotLaunch> pilots = List.copyOf(taken.keySet());
        for (int first = 0; first < pilots.size(); first += AT_A_TIME) {
            List<PilotLaunch> some = pilots.subList(first, Math.min(first + AT_A_TIME, pilots.size()));
            Map<PilotLaunch, Upload> begun = new LinkedHashMap<>();
            for (PilotLaunch pilot : some) {
                begun.put(
                        pilot,
                        Upload.begin(
                                rest,
                                requireNonNull(taken.get(pilot)),
                                requireNonNull(scripts.get(pilot.stamp())),
                                pilot.secret()));
            }
            begun.forEach((pilot, upload) -> upload.failure(left(deadline))
                    .ifPresentOrElse(
                            why -> failed.put(pilot, why),
                            () -> outcomes.put(
                                    pilot.stamp(),
                                    new SubmissionOutcome.Accepted(
                                            pilot.stamp(), reference(queue, vo, requireNonNull(taken.get(pilot)))))));
        }
        outcomes.putAll(takeBack(queue, vo, rest, taken, failed));
        return outcomes;
    }

    private Map<PilotStamp, SubmissionOutcome> takeBack(
            CeQueue queue, VoName vo, ArcRest rest, Map<PilotLaunch, String> taken, Map<PilotLaunch, String> failed) {
        Map<PilotStamp, SubmissionOutcome> outcomes = new LinkedHashMap<>();
        if (failed.isEmpty()) {
            return outcomes;
        }
        boolean killed;
        try {
            killed = rest.act("kill", failed.keySet().stream().map(taken::get).toList()).stream()
                    .allMatch(ArcJob::isTaken);
        } catch (IOException | ComputingElementFailure unknown) {
            killed = false;
        }
        for (Map.Entry<PilotLaunch, String> each : failed.entrySet()) {
            PilotStamp stamp = each.getKey().stamp();
            // one that cannot be taken back is followed: whatever becomes of it, A-REX will say so
            outcomes.put(
                    stamp,
                    killed
                            ? new SubmissionOutcome.Refused(stamp, "its files were not taken: " + each.getValue())
                            : new SubmissionOutcome.Accepted(
                                    stamp, reference(queue, vo, requireNonNull(taken.get(each.getKey())))));
        }
        return outcomes;
    }

    /** The two files of a job, on their way. */
    private record Upload(List<CompletableFuture<HttpResponse<byte[]>>> files, Optional<String> notBegun) {

        static Upload begin(ArcRest rest, String id, String script, String secret) {
            try {
                return new Upload(
                        List.of(
                                rest.put(id, ArcDescription.SCRIPT, script),
                                rest.put(id, PilotBootstrap.SECRET, secret)),
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

    /** The VO is not known here: each that may use the queue is asked for, as A-REX shows jobs to nobody else. */
    @Override
    public Optional<String> find(CeQueue queue, PilotStamp stamp) {
        List<VoName> vos = queue.vos().isEmpty() ? registry.vos() : queue.vos();
        Optional<ComputingElementFailure> failure = Optional.empty();
        for (VoName vo : vos) {
            try {
                Optional<String> id = asked(queue, vo, rest -> find(rest, stamp));
                if (id.isPresent()) {
                    return Optional.of(reference(queue, vo, id.get()));
                }
            } catch (ComputingElementFailure unasked) {
                failure = Optional.of(unasked);
            }
        }
        failure.ifPresent(unasked -> {
            throw unasked;
        });
        return Optional.empty();
    }

    private static Optional<String> find(ArcRest rest, PilotStamp stamp) throws IOException {
        String name = ArcDescription.jobName(stamp);
        for (List<String> some : parts(rest.ids())) {
            for (ArcJob job : rest.act("info", some)) {
                if (job.name().equals(name)) {
                    return Optional.of(job.id());
                }
            }
        }
        return Optional.empty();
    }

    @Override
    public Map<PilotStamp, PilotProcess> status(CeQueue queue, Collection<SubmittedPilot> pilots) {
        Map<PilotStamp, PilotProcess> answer = new LinkedHashMap<>();
        for (SubmittedPilot pilot : pilots) {
            answer.put(
                    pilot.stamp(),
                    new PilotProcess.Unknown(
                            "'" + pilot.reference() + "' is no reference of a pilot at " + address(queue)));
        }
        Optional<ComputingElementFailure> failure = Optional.empty();
        boolean told = false;
        for (Map.Entry<VoName, Map<String, PilotStamp>> ofVo :
                byVo(queue, pilots).entrySet()) {
            try {
                answer.putAll(asked(queue, ofVo.getKey(), rest -> status(queue, rest, ofVo.getValue())));
                told = true;
            } catch (ComputingElementFailure unasked) {
                failure = Optional.of(unasked);
                ofVo.getValue()
                        .values()
                        .forEach(stamp -> answer.put(stamp, new PilotProcess.Unknown(unasked.detail())));
            }
        }
        if (failure.isPresent() && !told) {
            throw failure.get();
        }
        return answer;
    }

    private Map<PilotStamp, PilotProcess> status(CeQueue queue, ArcRest rest, Map<String, PilotStamp> pilots)
            throws IOException {
        Map<PilotStamp, PilotProcess> answer = new LinkedHashMap<>();
        List<String> failed = new ArrayList<>();
        for (List<String> some : parts(List.copyOf(pilots.keySet()))) {
            for (ArcJob job : rest.act("status", some)) {
                PilotStamp stamp = pilots.get(job.id());
                if (stamp != null && job.state().toLowerCase(Locale.ROOT).equals("failed")) {
                    failed.add(job.id());
                } else if (stamp != null) {
                    answer.put(stamp, process(job));
                }
            }
        }
        for (List<String> some : parts(failed)) {
            for (ArcJob job : rest.act("info", some)) {
                PilotStamp stamp = pilots.get(job.id());
                if (stamp != null) {
                    answer.put(stamp, failed(rest, job));
                }
            }
        }
        pilots.values()
                .forEach(stamp ->
                        answer.putIfAbsent(stamp, new PilotProcess.Unknown(address(queue) + " said nothing of it")));
        if (rest.credential() instanceof CeCredential.Proxy person) {
            delegations.renew(rest, address(queue), person, settings.proxyTimeLeft(queue));
        }
        return answer;
    }

    /** @see "WMS reference 16" */
    private static PilotProcess process(ArcJob job) {
        if (job.isGone()) {
            return new PilotProcess.Vanished("A-REX does not know the job any more", "");
        }
        if (!job.isTaken()) {
            return new PilotProcess.Unknown("A-REX says " + job.refusal());
        }
        return switch (job.state().toLowerCase(Locale.ROOT)) {
            case "accepting", "accepted", "preparing", "prepared", "submitting", "queuing" ->
                new PilotProcess.Waiting();
            case "running", "held", "exitinglrms", "other", "executed", "finishing", "killing" ->
                new PilotProcess.Running();
            case "finished" -> new PilotProcess.Ended(0, "");
            case "killed" -> new PilotProcess.Vanished("A-REX killed the job", "");
            case "wiped", "none" -> new PilotProcess.Vanished("A-REX keeps nothing of the job any more", "");
            default -> new PilotProcess.Unknown("A-REX says " + job.state());
        };
    }

    private static PilotProcess failed(ArcRest rest, ArcJob job) throws IOException {
        String error = job.error().isEmpty() ? "A-REX gives no reason" : job.error();
        String words = LastWords.of(
                rest.file(job.id(), ArcDescription.STDERR, WORDS_READ).orElse(""));
        return job.exitCode()
                .<PilotProcess>map(code -> new PilotProcess.Ended(code, words.isEmpty() ? LastWords.of(error) : words))
                .orElseGet(() -> new PilotProcess.Vanished(LastWords.of(error), words));
    }

    @Override
    public void kill(CeQueue queue, Collection<SubmittedPilot> pilots) {
        byVo(queue, pilots).forEach((vo, ofVo) -> order(queue, vo, "kill", List.copyOf(ofVo.keySet())));
    }

    @Override
    public Optional<PilotOutput> output(CeQueue queue, SubmittedPilot pilot) {
        Optional<ArcReference> reference = reference(queue, pilot);
        return reference.isEmpty()
                ? Optional.empty()
                : asked(
                        queue,
                        reference.get().vo(),
                        rest -> output(rest, reference.get().id()));
    }

    private static Optional<PilotOutput> output(ArcRest rest, String id) throws IOException {
        Optional<String> output = rest.file(id, ArcDescription.STDOUT, OUTPUT_KEPT);
        Optional<String> errors = rest.file(id, ArcDescription.STDERR, OUTPUT_KEPT);
        return output.isEmpty() && errors.isEmpty()
                ? Optional.empty()
                : Optional.of(new PilotOutput(output.orElse(""), errors.orElse("")));
    }

    @Override
    public void clean(CeQueue queue, SubmittedPilot pilot) {
        reference(queue, pilot).ifPresent(known -> order(queue, known.vo(), "clean", List.of(known.id())));
    }

    /** A-REX counts jobs of everybody, so our own records count. */
    @Override
    public Optional<Occupancy> occupancy(CeQueue queue) {
        return Optional.empty();
    }

    private void order(CeQueue queue, VoName vo, String action, List<String> ids) {
        for (List<String> some : parts(ids)) {
            for (ArcJob job : asked(queue, vo, rest -> rest.act(action, some))) {
                if (!job.isTaken() && !job.isGone()) {
                    throw new ComputingElementFailure(
                            address(queue) + " does not " + action + " " + job.id() + ": " + job.refusal());
                }
            }
        }
    }

    /** What is said to A-REX in one call. */
    @FunctionalInterface
    private interface Talk<T> {
        T with(ArcRest rest) throws IOException;
    }

    private <T> T asked(CeQueue queue, VoName vo, Talk<T> talk) {
        CeCredential credential = credentials.of(queue, vo, "https://" + address(queue));
        ArcRest rest = new ArcRest(http, queue, address(queue), credential, settings.timeout(queue));
        return asked(queue, rest, known -> {
            known.negotiate();
            return talk.with(known);
        });
    }

    private <T> T asked(CeQueue queue, ArcRest rest, Talk<T> talk) {
        try {
            return talk.with(rest);
        } catch (ArcRest.NotLetIn refused) {
            credentials.forget(rest.credential());
            throw refused;
        } catch (IOException failure) {
            throw failed(queue, failure);
        }
    }

    private Optional<String> delegated(CeQueue queue, ArcRest rest) throws IOException {
        return rest.credential() instanceof CeCredential.Proxy person
                ? Optional.of(delegations.of(rest, address(queue), person, settings.proxyTimeLeft(queue)))
                : Optional.empty();
    }

    private Map<VoName, Map<String, PilotStamp>> byVo(CeQueue queue, Collection<SubmittedPilot> pilots) {
        Map<VoName, Map<String, PilotStamp>> sorted =
                new TreeMap<>((one, other) -> one.text().compareTo(other.text()));
        for (SubmittedPilot pilot : pilots) {
            reference(queue, pilot)
                    .ifPresent(reference -> sorted.computeIfAbsent(reference.vo(), vo -> new LinkedHashMap<>())
                            .put(reference.id(), pilot.stamp()));
        }
        return sorted;
    }

    private Optional<ArcReference> reference(CeQueue queue, SubmittedPilot pilot) {
        return ArcReference.parse(pilot.reference())
                .filter(reference -> reference.address().equals(address(queue)));
    }

    private String reference(CeQueue queue, VoName vo, String id) {
        return new ArcReference(address(queue), id, vo).toString();
    }

    private String address(CeQueue queue) {
        return settings.address(queue);
    }

    private ComputingElementFailure failed(CeQueue queue, IOException failure) {
        LOG.debugf(failure, "A-REX at %s", address(queue));
        return new ComputingElementFailure(
                "A-REX at " + address(queue) + " cannot be asked: " + failure.getMessage(), failure);
    }

    private Duration left(Instant deadline) {
        Duration left = Duration.between(clock.instant(), deadline);
        return left.isNegative() ? Duration.ofMillis(1) : left;
    }

    private static <T> List<List<T>> parts(List<T> whole) {
        List<List<T>> parts = new ArrayList<>();
        for (int first = 0; first < whole.size(); first += IN_ONE) {
            parts.add(whole.subList(first, Math.min(first + IN_ONE, whole.size())));
        }
        return parts;
    }
}
