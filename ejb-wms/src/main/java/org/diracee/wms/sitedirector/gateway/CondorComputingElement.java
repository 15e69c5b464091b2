/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.sitedirector.gateway;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
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
 * Runs pilots at an HTCondor-CE by HTCondor's own programs on the server, as its protocol is spoken by nothing else. Pilots of one
 * submission are one cluster. Each has a directory here, from which its files go and to which its output comes. A call takes at most a
 * minute.
 *
 * @see "HTCondor manual: condor_submit, condor_q, condor_history, condor_rm, condor_transfer_data"
 */
@ApplicationScoped
public class CondorComputingElement implements ComputingElement {

    private static final Duration LIMIT = Duration.ofSeconds(50);

    private static final String LOCAL_TOKEN = "token";

    private CondorSettings settings;
    private PilotBootstrap bootstrap;
    private CeCredentials credentials;

    protected CondorComputingElement() {} // for the container's proxy

    @Inject
    public CondorComputingElement(CondorSettings settings, PilotBootstrap bootstrap, CeCredentials credentials) {
        this.settings = settings;
        this.bootstrap = bootstrap;
        this.credentials = credentials;
    }

    @Override
    public String type() {
        return "HTCondorCE";
    }

    @Override
    public List<SubmissionOutcome> submit(CeQueue queue, List<PilotLaunch> pilots) {
        VoName vo = pilots.get(0).vo();
        try (CondorRun run = begin(queue, vo)) {
            CondorRun.Answer answer;
            try {
                prepare(queue, pilots);
                run.directory()
                        .write(
                                "pilots.sub",
                                CondorSubmission.description(queue, settings, pilots, localToken(queue, vo)));
                List<String> arguments = new ArrayList<>(List.of("-terse"));
                if (!settings.usesLocalSchedd(queue)) {
                    arguments.addAll(List.of("-pool", settings.collector(queue), "-remote", settings.schedd(queue)));
                }
                arguments.add(run.directory().path().resolve("pilots.sub").toString());
                answer = run.run(settings.program(queue, "condor_submit"), arguments);
            } catch (IOException | ComputingElementFailure failure) {
                pilots.forEach(pilot -> directory(queue, pilot.stamp()).removeQuietly());
                throw failure instanceof ComputingElementFailure known
                        ? known
                        : new ComputingElementFailure("The files of pilots could not be written: " + failure, failure);
            }
            return outcomes(queue, pilots, answer);
        }
    }

    private List<SubmissionOutcome> outcomes(CeQueue queue, List<PilotLaunch> pilots, CondorRun.Answer answer) {
        if (answer.exitCode().filter(code -> code != 0).isPresent()
                && !answer.reason().contains("spool")) {
            pilots.forEach(pilot -> directory(queue, pilot.stamp()).removeQuietly());
            throw failed(queue, "condor_submit", answer);
        }
        List<String> ids = CondorSubmission.ids(answer.output(), pilots.size());
        if (!answer.isSuccess() || ids.isEmpty()) {
            // jobs whose files did not come are in the queue all the same, where they are looked for
            return pilots.stream()
                    .<SubmissionOutcome>map(pilot ->
                            new SubmissionOutcome.Undecided(pilot.stamp(), "condor_submit: " + answer.reason()))
                    .toList();
        }
        List<SubmissionOutcome> outcomes = new ArrayList<>();
        for (int at = 0; at < pilots.size(); at++) {
            PilotLaunch pilot = pilots.get(at);
            if (!settings.usesLocalSchedd(queue)) {
                forgetSecret(queue, pilot.stamp()); // it is in the CE's spool
            }
            outcomes.add(new SubmissionOutcome.Accepted(pilot.stamp(), reference(queue, ids.get(at), pilot.vo())));
        }
        return outcomes;
    }

    private void prepare(CeQueue queue, List<PilotLaunch> pilots) throws IOException {
        Path starter = settings.directory(queue).resolve(CondorSubmission.STARTER);
        if (!Files.isExecutable(starter)) {
            Path part = starter.resolveSibling(UUID.randomUUID() + ".part");
            Files.writeString(part, CondorSubmission.STARTER_TEXT);
            if (!part.toFile().setExecutable(true)) {
                throw new IOException(part + " cannot be made executable");
            }
            Files.move(part, starter, StandardCopyOption.ATOMIC_MOVE);
        }
        for (PilotLaunch pilot : pilots) {
            PilotDirectory directory = directory(queue, pilot.stamp());
            directory.create();
            directory.write(CondorSubmission.SCRIPT, bootstrap.script(queue, pilot));
            directory.write(PilotBootstrap.SECRET, pilot.secret());
        }
    }

    /** Searches queue and history for the stamp. A job whose files did not come never starts; it is removed. */
    @Override
    public Optional<String> find(CeQueue queue, PilotStamp stamp, VoName vo) {
        List<String> whose = List.of("-constraint", CondorSubmission.STAMP_ATTRIBUTE + " == \"" + stamp + "\"");
        try (CondorRun run = begin(queue, vo)) {
            List<CondorJob> found = ask(run, queue, "condor_q", whose);
            if (found.isEmpty()) {
                found = ask(run, queue, "condor_history", whose);
            }
            if (found.size() == 1 && found.get(0).isSpooling()) {
                remove(run, queue, List.of(found.get(0).id()));
                found = List.of();
            }
            if (found.size() > 1) {
                throw new ComputingElementFailure("Pilot " + stamp + " was submitted " + found.size() + " times");
            }
            if (found.isEmpty()) {
                directory(queue, stamp).removeQuietly();
            }
            return found.stream().map(job -> reference(queue, job.id(), vo)).findFirst();
        }
    }

    @Override
    public Map<PilotStamp, PilotProcess> status(CeQueue queue, Collection<SubmittedPilot> pilots) {
        Map<PilotStamp, PilotProcess> answer = new LinkedHashMap<>();
        for (SubmittedPilot pilot : pilots) {
            answer.put(
                    pilot.stamp(),
                    new PilotProcess.Unknown(
                            reference(pilot).isPresent()
                                    ? "neither the queue nor the history of the computing element shows it"
                                    : "'" + pilot.reference() + "' is no reference of a pilot at an HTCondor-CE"));
        }
        long deadline = System.nanoTime() + LIMIT.toNanos();
        byVo(pilots).forEach((vo, ours) -> {
            if (left(deadline).isZero()) {
                ours.values()
                        .forEach(stamp -> answer.put(
                                stamp, new PilotProcess.Unknown("the computing element was too slow to be asked")));
                return;
            }
            try (CondorRun run = begin(queue, vo, left(deadline))) {
                Map<String, CondorJob> jobs = jobs(run, queue, ours.keySet());
                fetchFailed(run, queue, ours, jobs);
                jobs.forEach((id, job) -> {
                    PilotStamp stamp = ours.get(id);
                    if (stamp != null) {
                        answer.put(stamp, job.process(directory(queue, stamp).lastWords()));
                    }
                });
            }
        });
        return answer;
    }

    private Map<String, CondorJob> jobs(CondorRun run, CeQueue queue, Collection<String> ids) {
        Map<String, CondorJob> jobs = new HashMap<>();
        ask(run, queue, "condor_q", List.copyOf(ids)).forEach(job -> jobs.put(job.id(), job));
        List<String> gone = ids.stream().filter(id -> !jobs.containsKey(id)).toList();
        if (!gone.isEmpty()) {
            List<String> arguments = new ArrayList<>(gone);
            arguments.addAll(List.of("-limit", Integer.toString(gone.size())));
            ask(run, queue, "condor_history", arguments).forEach(job -> jobs.put(job.id(), job));
        }
        return jobs;
    }

    /** Why a pilot failed is in what it wrote, so that is brought first; if it cannot be, the pilot has failed all the same. */
    private void fetchFailed(CondorRun run, CeQueue queue, Map<String, PilotStamp> ours, Map<String, CondorJob> jobs) {
        List<String> failed = jobs.values().stream()
                .filter(job -> job.process("") instanceof PilotProcess.Ended ended && ended.exitCode() != 0)
                .map(CondorJob::id)
                .filter(id -> ours.containsKey(id) && isToFetch(queue, ours.get(id)))
                .toList();
        if (!failed.isEmpty()) {
            fetch(run, queue, failed, failed.stream().map(ours::get).toList());
        }
    }

    private boolean isToFetch(CeQueue queue, PilotStamp stamp) {
        return !settings.usesLocalSchedd(queue)
                && directory(queue, stamp)
                        .output()
                        .filter(CondorComputingElement::isSomething)
                        .isEmpty();
    }

    private CondorRun.Answer fetch(CondorRun run, CeQueue queue, List<String> ids, List<PilotStamp> stamps) {
        for (PilotStamp stamp : stamps) {
            // of a pilot that another node submitted there is none yet
            PilotDirectory directory = directory(queue, stamp);
            if (!Files.isDirectory(directory.path())) {
                try {
                    directory.create();
                } catch (IOException failure) {
                    throw new ComputingElementFailure("There is no room for outputs of pilots: " + failure, failure);
                }
            }
        }
        List<String> arguments = new ArrayList<>(where(queue));
        arguments.addAll(ids);
        return run.run(settings.program(queue, "condor_transfer_data"), arguments);
    }

    @Override
    public void kill(CeQueue queue, Collection<SubmittedPilot> pilots) {
        long deadline = System.nanoTime() + LIMIT.toNanos();
        byVo(pilots).forEach((vo, ours) -> {
            try (CondorRun run = begin(queue, vo, left(deadline))) {
                remove(run, queue, List.copyOf(ours.keySet()));
            }
        });
    }

    /** The program fails also for what has left the queue, which is none for us. */
    private void remove(CondorRun run, CeQueue queue, List<String> ids) {
        List<String> arguments = new ArrayList<>(where(queue));
        arguments.addAll(ids);
        CondorRun.Answer answer = run.run(settings.program(queue, "condor_rm"), arguments);
        if (!answer.isSuccess() && ask(run, queue, "condor_q", ids).stream().anyMatch(CondorJob::isUnfinished)) {
            throw failed(queue, "condor_rm", answer);
        }
    }

    @Override
    public Optional<PilotOutput> output(CeQueue queue, SubmittedPilot pilot) {
        Optional<CondorReference> reference = reference(pilot);
        if (reference.isEmpty()) {
            return Optional.empty();
        }
        if (isToFetch(queue, pilot.stamp())) {
            try (CondorRun run = begin(queue, reference.get().vo())) {
                CondorRun.Answer answer =
                        fetch(run, queue, List.of(reference.get().id()), List.of(pilot.stamp()));
                if (!answer.isSuccess()) {
                    throw failed(queue, "condor_transfer_data", answer);
                }
            }
        }
        return directory(queue, pilot.stamp()).output().filter(CondorComputingElement::isSomething);
    }

    private static boolean isSomething(PilotOutput output) {
        return !output.standardOutput().isEmpty() || !output.standardError().isEmpty();
    }

    @Override
    public void clean(CeQueue queue, SubmittedPilot pilot) {
        kill(queue, List.of(pilot));
        try {
            directory(queue, pilot.stamp()).remove();
        } catch (IOException failure) {
            throw new ComputingElementFailure(
                    "The directory of pilot " + pilot.stamp() + " could not be removed: " + failure, failure);
        }
    }

    /** Our own records count: the queue may hold more of whom the computing element takes for the same account. */
    @Override
    public Optional<Occupancy> occupancy(CeQueue queue) {
        return Optional.empty();
    }

    private List<CondorJob> ask(CondorRun run, CeQueue queue, String program, List<String> which) {
        List<String> arguments = new ArrayList<>(where(queue));
        arguments.addAll(which);
        arguments.add(CondorJob.FORMAT);
        arguments.addAll(CondorJob.ATTRIBUTES);
        CondorRun.Answer answer = run.run(settings.program(queue, program), arguments);
        if (!answer.isSuccess()) {
            throw failed(queue, program, answer);
        }
        return CondorJob.parse(answer.output());
    }

    private List<String> where(CeQueue queue) {
        return settings.usesLocalSchedd(queue)
                ? List.of()
                : List.of("-pool", settings.collector(queue), "-name", settings.schedd(queue));
    }

    private static Duration left(long deadline) {
        return Duration.ofNanos(Math.max(0, deadline - System.nanoTime()));
    }

    private CondorRun begin(CeQueue queue, VoName vo) {
        return begin(queue, vo, LIMIT);
    }

    /** Prepares calls as the VO; with a local schedd, which logs in by itself, also renews what it logs in with. */
    private CondorRun begin(CeQueue queue, VoName vo, Duration limit) {
        Map<String, String> environment = new HashMap<>();
        PilotDirectory directory = new PilotDirectory(settings.directory(queue).resolve("run-" + UUID.randomUUID()));
        try {
            directory.create();
            settings.authorities().ifPresent(path -> environment.put("_CONDOR_AUTH_SSL_CLIENT_CADIR", path.toString()));
            CeCredential credential = credentials.of(queue, vo, settings.collector(queue));
            if (settings.usesLocalSchedd(queue)) {
                renewLocalToken(queue, vo, credential);
            } else if (credential instanceof CeCredential.Token token && !settings.showsCertificate(queue)) {
                directory.write("credential", token.text());
                environment.put("_CONDOR_SEC_CLIENT_AUTHENTICATION_METHODS", "SCITOKENS");
                environment.put(
                        "_CONDOR_SCITOKENS_FILE",
                        directory.path().resolve("credential").toString());
            } else if (credential instanceof CeCredential.Proxy proxy) {
                directory.write("credential", proxy.credential().pem());
                String file = directory.path().resolve("credential").toString();
                environment.put("_CONDOR_SEC_CLIENT_AUTHENTICATION_METHODS", "SSL");
                environment.put("_CONDOR_AUTH_SSL_CLIENT_CERTFILE", file);
                environment.put("_CONDOR_AUTH_SSL_CLIENT_KEYFILE", file);
                environment.put("X509_USER_PROXY", file);
            } else {
                throw new ComputingElementFailure("UseSSLSubmission of " + queue.computingElement()
                        + " wants a proxy or certificate, but there is " + credential.description());
            }
            return new CondorRun(directory, environment, limit);
        } catch (IOException failure) {
            directory.removeQuietly();
            throw new ComputingElementFailure("The credential could not be written: " + failure, failure);
        } catch (RuntimeException failure) {
            directory.removeQuietly();
            throw failure;
        }
    }

    private void renewLocalToken(CeQueue queue, VoName vo, CeCredential credential) throws IOException {
        if (credential instanceof CeCredential.Token token) {
            Path file = localTokenFile(queue, vo);
            if (!Files.isRegularFile(file) || !Files.readString(file).equals(token.text())) {
                String part = UUID.randomUUID() + ".part";
                new PilotDirectory(settings.directory(queue)).write(part, token.text());
                Files.move(file.resolveSibling(part), file, StandardCopyOption.ATOMIC_MOVE);
            }
        }
    }

    private Optional<Path> localToken(CeQueue queue, VoName vo) {
        return Optional.of(localTokenFile(queue, vo))
                .filter(file -> settings.usesLocalSchedd(queue) && Files.isRegularFile(file));
    }

    private Path localTokenFile(CeQueue queue, VoName vo) {
        return settings.directory(queue).resolve(LOCAL_TOKEN + "-" + vo);
    }

    private void forgetSecret(CeQueue queue, PilotStamp stamp) {
        try {
            Files.deleteIfExists(directory(queue, stamp).path().resolve(PilotBootstrap.SECRET));
        } catch (IOException stays) {
            // goes with the directory; it is of no use once the pilot has logged in
        }
    }

    private static Map<VoName, Map<String, PilotStamp>> byVo(Collection<SubmittedPilot> pilots) {
        Map<VoName, Map<String, PilotStamp>> byVo = new LinkedHashMap<>();
        for (SubmittedPilot pilot : pilots) {
            reference(pilot).ifPresent(reference -> byVo.computeIfAbsent(reference.vo(), vo -> new LinkedHashMap<>())
                    .put(reference.id(), pilot.stamp()));
        }
        // so that it is not always the same VO for which no time is left
        List<Map.Entry<VoName, Map<String, PilotStamp>>> inAnyOrder = new ArrayList<>(byVo.entrySet());
        Collections.shuffle(inAnyOrder);
        Map<VoName, Map<String, PilotStamp>> shuffled = new LinkedHashMap<>();
        inAnyOrder.forEach(of -> shuffled.put(of.getKey(), of.getValue()));
        return shuffled;
    }

    private PilotDirectory directory(CeQueue queue, PilotStamp stamp) {
        return new PilotDirectory(settings.directory(queue).resolve(stamp.text()));
    }

    private static String reference(CeQueue queue, String id, VoName vo) {
        return new CondorReference(queue.slot().computingElement(), id, vo).toString();
    }

    private static Optional<CondorReference> reference(SubmittedPilot pilot) {
        return CondorReference.parse(pilot.reference());
    }

    private static ComputingElementFailure failed(CeQueue queue, String program, CondorRun.Answer answer) {
        return new ComputingElementFailure(program + " of " + queue.computingElement() + ": " + answer.reason());
    }

    /** Asks the queue for a pilot that there is not. */
    @Override
    public void contact(CeQueue queue, VoName vo) {
        try (CondorRun run = begin(queue, vo)) {
            ask(run, queue, "condor_q", List.of("-constraint", CondorSubmission.STAMP_ATTRIBUTE + " == \"none\""));
        }
    }
}
