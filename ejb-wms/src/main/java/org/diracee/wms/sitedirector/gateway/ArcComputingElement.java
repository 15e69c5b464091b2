/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.sitedirector.gateway;

import static org.diracee.wms.log.boundary.WmsLog.LOG;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
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

    /** So many jobs are asked after in one request. */
    private static final int IN_ONE = 100;

    private static final String SLOW = "A-REX is too slow to tell of all";

    private static final int OUTPUT_KEPT = 64 * 1024;
    private static final int WORDS_READ = 4 * 1024;

    private ArcSettings settings;
    private PilotBootstrap bootstrap;
    private CeCredentials credentials;
    private CeHttp http;
    private ArcDelegations delegations;
    private Clock clock;

    protected ArcComputingElement() {} // for the container's proxy

    @Inject
    public ArcComputingElement(
            ArcSettings settings,
            PilotBootstrap bootstrap,
            CeCredentials credentials,
            CeHttp http,
            ArcDelegations delegations,
            Clock clock) {
        this.settings = settings;
        this.bootstrap = bootstrap;
        this.credentials = credentials;
        this.http = http;
        this.delegations = delegations;
        this.clock = clock;
    }

    @Override
    public String type() {
        return "AREX";
    }

    @Override
    public List<SubmissionOutcome> submit(CeQueue queue, List<PilotLaunch> pilots) {
        Instant deadline = clock.instant().plus(LIMIT);
        VoName vo = pilots.get(0).vo();
        // whatever is wrong with the pilot's image or our credential comes to light before anything is sent
        Map<PilotStamp, String> scripts = new LinkedHashMap<>();
        pilots.forEach(pilot -> scripts.put(pilot.stamp(), bootstrap.script(queue, pilot)));
        ArcRest rest = asked(queue, vo, known -> known);
        String more = settings.xrsl(queue)
                + asked(queue, rest, known -> delegated(queue, vo, known))
                        .map(id -> "(delegationid=\"" + id + "\")")
                        .orElse("");
        String descriptions = new ArcDescription(queue, settings.queueName(queue), more)
                .of(pilots.stream().map(PilotLaunch::stamp).toList());
        try {
            return new ArcSubmission(rest, address(queue), vo, clock, deadline).submit(descriptions, pilots, scripts);
        } catch (IOException unsent) {
            throw failed(queue, unsent);
        }
    }

    @Override
    public Optional<String> find(CeQueue queue, PilotStamp stamp, VoName vo) {
        Instant deadline = clock.instant().plus(LIMIT);
        return asked(queue, vo, rest -> find(rest, stamp, deadline)).map(id -> reference(queue, vo, id));
    }

    private Optional<String> find(ArcRest rest, PilotStamp stamp, Instant deadline) throws IOException {
        String name = ArcDescription.jobName(stamp);
        Set<String> untold = new LinkedHashSet<>(rest.ids());
        for (List<String> some : parts(List.copyOf(untold))) {
            if (isOver(deadline)) {
                break;
            }
            for (ArcJob job : rest.act("info", some)) {
                if (job.name().equals(name)) {
                    return Optional.of(job.id());
                }
                if (job.isDescribed() || job.isGone()) {
                    untold.remove(job.id());
                }
            }
        }
        if (!untold.isEmpty()) {
            throw new IOException("it does not tell the names of " + untold.size() + " jobs");
        }
        return Optional.empty();
    }

    @Override
    public Map<PilotStamp, PilotProcess> status(CeQueue queue, Collection<SubmittedPilot> pilots) {
        Instant deadline = clock.instant().plus(LIMIT);
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
                answer.putAll(
                        isOver(deadline)
                                ? unknown(ofVo.getValue(), SLOW)
                                : asked(
                                        queue,
                                        ofVo.getKey(),
                                        rest -> status(queue, ofVo.getKey(), rest, ofVo.getValue(), deadline)));
                told = true;
            } catch (ComputingElementFailure unasked) {
                failure = Optional.of(unasked);
                answer.putAll(unknown(ofVo.getValue(), unasked.detail()));
            }
        }
        if (failure.isPresent() && !told) {
            throw failure.get();
        }
        return answer;
    }

    private static Map<PilotStamp, PilotProcess> unknown(Map<String, PilotStamp> pilots, String reason) {
        Map<PilotStamp, PilotProcess> answer = new LinkedHashMap<>();
        pilots.values().forEach(stamp -> answer.put(stamp, new PilotProcess.Unknown(reason)));
        return answer;
    }

    private Map<PilotStamp, PilotProcess> status(
            CeQueue queue, VoName vo, ArcRest rest, Map<String, PilotStamp> pilots, Instant deadline)
            throws IOException {
        Map<PilotStamp, PilotProcess> answer = new LinkedHashMap<>();
        List<String> failed = new ArrayList<>();
        for (List<String> some : parts(List.copyOf(pilots.keySet()))) {
            for (ArcJob job : isOver(deadline) ? List.<ArcJob>of() : rest.act("status", some)) {
                PilotStamp stamp = pilots.get(job.id());
                if (stamp != null && job.state().toLowerCase(Locale.ROOT).equals("failed")) {
                    failed.add(job.id());
                } else if (stamp != null) {
                    answer.put(stamp, process(job));
                }
            }
        }
        for (List<String> some : parts(failed)) {
            for (ArcJob job : isOver(deadline) ? List.<ArcJob>of() : rest.act("info", some)) {
                PilotStamp stamp = pilots.get(job.id());
                if (stamp != null && !isOver(deadline)) {
                    answer.put(stamp, failed(rest, job));
                }
            }
        }
        String untold = isOver(deadline) ? SLOW : address(queue) + " said nothing of it";
        unknown(pilots, untold).forEach(answer::putIfAbsent);
        renew(queue, vo, rest);
        return answer;
    }

    /** What is known of pilots counts also where their proxy cannot be renewed now. */
    private void renew(CeQueue queue, VoName vo, ArcRest rest) {
        if (rest.credential() instanceof CeCredential.Proxy person) {
            try {
                delegations.renew(rest, address(queue), vo, person, settings.proxyTimeLeft(queue));
            } catch (IOException | ComputingElementFailure failure) {
                LOG.delegationNotRenewed(address(queue), vo, String.valueOf(failure.getMessage()));
            }
        }
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

    private static PilotProcess failed(ArcRest rest, ArcJob job) {
        String error = job.error().isEmpty() ? "A-REX gives no reason" : job.error();
        String words;
        try {
            words = LastWords.of(
                    rest.file(job.id(), ArcDescription.STDERR, WORDS_READ).orElse(""));
        } catch (IOException | ComputingElementFailure lost) {
            LOG.debugf(lost, "the last words of job %s are not told", job.id());
            words = "";
        }
        String said = words;
        return job.exitCode()
                .<PilotProcess>map(code -> new PilotProcess.Ended(code, said.isEmpty() ? LastWords.of(error) : said))
                .orElseGet(() -> new PilotProcess.Vanished(LastWords.of(error), said));
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

    private Optional<String> delegated(CeQueue queue, VoName vo, ArcRest rest) throws IOException {
        return rest.credential() instanceof CeCredential.Proxy person
                ? Optional.of(delegations.of(rest, address(queue), vo, person, settings.proxyTimeLeft(queue)))
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

    private boolean isOver(Instant deadline) {
        return clock.instant().isAfter(deadline);
    }

    private static <T> List<List<T>> parts(List<T> whole) {
        List<List<T>> parts = new ArrayList<>();
        for (int first = 0; first < whole.size(); first += IN_ONE) {
            parts.add(whole.subList(first, Math.min(first + IN_ONE, whole.size())));
        }
        return parts;
    }

    /** Asks for the list of our jobs. */
    @Override
    public void contact(CeQueue queue, VoName vo) {
        asked(queue, vo, ArcRest::ids);
    }
}
