/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.sitedirector.gateway;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.diracee.kernel.value.PilotStamp;
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
 * Runs pilots on a host or in a batch system that is reached by SSH. A driver, a script for the kind of batch system, does all
 * that is asked there for many pilots at once; it is brought there once, as is the pilot's image, each under a name that tells
 * what is in it. What a request holds goes to the driver's standard input, so that no shell ever reads it. A call takes at most
 * a minute, when the image has to be brought five more.
 */
@ApplicationScoped
public class SshComputingElement implements ComputingElement {

    private static final Duration LIMIT = Duration.ofSeconds(50);
    private static final Duration UPLOAD_LIMIT = Duration.ofMinutes(5);
    private static final int SECONDS_PER_MINUTE = 60;

    /** The digests of images, which take a while, by what tells cheaply that an image is still the same. */
    private final Map<String, String> digests = new ConcurrentHashMap<>();

    private SshSettings settings;
    private PilotSettings pilotSettings;
    private SshConnections connections;

    protected SshComputingElement() {} // for the container's proxy

    @Inject
    public SshComputingElement(SshSettings settings, PilotSettings pilotSettings, SshConnections connections) {
        this.settings = settings;
        this.pilotSettings = pilotSettings;
        this.connections = connections;
    }

    @Override
    public String type() {
        return "SSH";
    }

    @Override
    public List<SubmissionOutcome> submit(CeQueue queue, List<PilotLaunch> pilots) {
        try {
            PilotImage image = PilotImage.of(pilotSettings.image(queue), pilotSettings.caFile(queue));
            String digest = digest(image);
            String request = submission(queue, digest, pilots);
            DriverReply reply = answer(queue, "submit", request);
            if (reply.lines().stream().anyMatch(line -> line.word().equals("lacking"))) {
                bring(queue, image, digest);
                reply = answer(queue, "submit", request);
            }
            if (reply.lines().isEmpty() && reply.failure().isPresent()) {
                throw new ComputingElementFailure(reply.failure().get());
            }
            return outcomes(queue, pilots, reply);
        } catch (IOException failure) {
            throw new ComputingElementFailure("The pilot's image could not be read: " + failure, failure);
        } catch (SshFailure failure) {
            if (!failure.isBegun()) {
                throw failed(failure);
            }
            return pilots.stream()
                    .<SubmissionOutcome>map(pilot -> new SubmissionOutcome.Undecided(pilot.stamp(), text(failure)))
                    .toList();
        }
    }

    private String submission(CeQueue queue, String image, List<PilotLaunch> pilots) {
        Request request = new Request();
        settings.queueName(queue).ifPresent(name -> request.line("queue", name));
        settings.account(queue).ifPresent(account -> request.line("account", account));
        queue.processors().filter(number -> number > 0).ifPresent(number -> request.line("processors", number));
        request.line("minutes", (queue.cpuTime().toSeconds() + SECONDS_PER_MINUTE - 1) / SECONDS_PER_MINUTE);
        queue.maxRam().ifPresent(megabytes -> request.line("memory", megabytes));
        settings.submitOptions(queue).forEach(word -> request.line("option", word));
        settings.workArea(queue).ifPresent(area -> request.line("work", area));
        request.line("image", image);
        PilotCommand command = pilotSettings.command(queue);
        for (PilotLaunch pilot : pilots) {
            request.line("pilot", pilot.stamp());
            request.line("secret", pilot.secret());
            command.words(pilot).forEach(word -> request.line("word", word));
            request.line("do", "it");
        }
        return request.end();
    }

    private List<SubmissionOutcome> outcomes(CeQueue queue, List<PilotLaunch> pilots, DriverReply reply) {
        Map<PilotStamp, DriverReply.Line> lines = byPilot(reply);
        List<SubmissionOutcome> outcomes = new ArrayList<>();
        for (PilotLaunch pilot : pilots) {
            DriverReply.Line line = lines.get(pilot.stamp());
            if (line == null) {
                outcomes.add(new SubmissionOutcome.Undecided(
                        pilot.stamp(), reply.failure().orElse("the driver broke its answer off")));
            } else if (line.word().equals("accepted") && SshReference.isId(line.argument())) {
                outcomes.add(new SubmissionOutcome.Accepted(pilot.stamp(), reference(queue, line.argument())));
            } else if (line.word().equals("refused")) {
                outcomes.add(new SubmissionOutcome.Refused(pilot.stamp(), line.argument()));
            } else {
                outcomes.add(new SubmissionOutcome.Undecided(
                        pilot.stamp(), "the driver says " + line.word() + " " + line.argument()));
            }
        }
        return outcomes;
    }

    @Override
    public Optional<String> find(CeQueue queue, PilotStamp stamp) {
        Request request = new Request();
        request.line("pilot", stamp);
        request.line("do", "it");
        DriverReply.Line line = only(ask(queue, "find", request.end()));
        if (line.word().equals("found") && SshReference.isId(line.argument())) {
            return Optional.of(reference(queue, line.argument()));
        }
        if (line.word().equals("none")) {
            return Optional.empty();
        }
        throw unexpected(line);
    }

    @Override
    public Map<PilotStamp, PilotProcess> status(CeQueue queue, Collection<SubmittedPilot> pilots) {
        Map<PilotStamp, PilotProcess> answer = new LinkedHashMap<>();
        List<SubmittedPilot> ours = new ArrayList<>();
        for (SubmittedPilot pilot : pilots) {
            if (reference(queue, pilot).isPresent()) {
                ours.add(pilot);
            } else {
                answer.put(
                        pilot.stamp(),
                        new PilotProcess.Unknown("'" + pilot.reference() + "' is no reference of a pilot at "
                                + settings.batchSystem(queue).word()));
            }
        }
        if (!ours.isEmpty()) {
            Map<PilotStamp, DriverReply.Line> lines = byPilot(ask(queue, "status", request(queue, ours)));
            for (SubmittedPilot pilot : ours) {
                DriverReply.Line line = lines.get(pilot.stamp());
                answer.put(
                        pilot.stamp(),
                        line == null ? new PilotProcess.Unknown("the driver did not tell of it") : process(line));
            }
        }
        return answer;
    }

    private static PilotProcess process(DriverReply.Line line) {
        return switch (line.word()) {
            case "waiting" -> new PilotProcess.Waiting();
            case "running" -> new PilotProcess.Running();
            case "unknown" -> new PilotProcess.Unknown(line.argument());
            case "vanished" -> new PilotProcess.Vanished(line.argument(), LastWords.of(line.text()));
            case "ended" -> {
                if (!line.argument().matches("[0-9]{1,3}")) {
                    throw unexpected(line);
                }
                yield new PilotProcess.Ended(Integer.parseInt(line.argument()), LastWords.of(line.text()));
            }
            default -> throw unexpected(line);
        };
    }

    @Override
    public void kill(CeQueue queue, Collection<SubmittedPilot> pilots) {
        List<SubmittedPilot> ours = pilots.stream()
                .filter(pilot -> reference(queue, pilot).isPresent())
                .toList();
        if (!ours.isEmpty()) {
            ask(queue, "kill", request(queue, ours));
        }
    }

    @Override
    public Optional<PilotOutput> output(CeQueue queue, SubmittedPilot pilot) {
        if (reference(queue, pilot).isEmpty()) {
            return Optional.empty();
        }
        Map<String, String> texts = ask(queue, "output", request(queue, List.of(pilot))).lines().stream()
                .collect(Collectors.toMap(DriverReply.Line::word, DriverReply.Line::text, (one, other) -> one));
        return texts.containsKey("stdout")
                ? Optional.of(new PilotOutput(texts.get("stdout"), texts.getOrDefault("stderr", "")))
                : Optional.empty();
    }

    @Override
    public void clean(CeQueue queue, SubmittedPilot pilot) {
        if (reference(queue, pilot).isPresent()) {
            ask(queue, "clean", request(queue, List.of(pilot)));
        }
    }

    /** By the batch system's count of the account's pilots in the queue; on a host our own records count. */
    @Override
    public Optional<Occupancy> occupancy(CeQueue queue) {
        Request request = new Request();
        settings.queueName(queue).ifPresent(name -> request.line("queue", name));
        DriverReply.Line line = only(ask(queue, "occupancy", request.end()));
        if (line.word().equals("uncounted")) {
            return Optional.empty();
        }
        try {
            return Optional.of(new Occupancy(Integer.parseInt(line.stamp()), Integer.parseInt(line.argument())));
        } catch (NumberFormatException wrong) {
            throw unexpected(line);
        }
    }

    private DriverReply ask(CeQueue queue, String verb, String request) {
        DriverReply reply;
        try {
            reply = answer(queue, verb, request);
        } catch (SshFailure failure) {
            throw failed(failure);
        }
        reply.failure().ifPresent(failure -> {
            throw new ComputingElementFailure(failure);
        });
        if (!reply.isWhole()) {
            throw new ComputingElementFailure(settings.target(queue) + " broke its answer off");
        }
        return reply;
    }

    private DriverReply answer(CeQueue queue, String verb, String request) throws SshFailure {
        SshConnection connection = connections.to(settings.target(queue));
        SshConnection.Answer answer = connection.run(
                driver(queue, connection) + " " + verb,
                new ByteArrayInputStream(request.getBytes(StandardCharsets.UTF_8)),
                LIMIT);
        if (!DriverReply.isFromDriver(answer.text())) {
            // it may have been removed there: the next call brings it again
            connection.forget(driverPath(queue));
            throw SshFailure.before(
                    settings.target(queue) + " does not run the driver " + driverPath(queue) + ": "
                            + LastWords.of(answer.errors() + "\n" + answer.text()),
                    null);
        }
        return DriverReply.parse(answer.text());
    }

    /** The command that runs the driver, which is brought there first unless this connection did so. */
    private String driver(CeQueue queue, SshConnection connection) throws SshFailure {
        String path = driverPath(queue);
        if (!connection.hasInstalled(path)) {
            // for the login shell, whichever it is: one line, nothing in the quotes that it would read
            String directory = path.substring(0, path.lastIndexOf('/'));
            String part = path + ".$$";
            SshConnection.Answer answer = connection.run(
                    "/bin/sh -c 'umask 077; mkdir -p " + directory + " && cat >" + part + " && mv " + part + " " + path
                            + "'",
                    new ByteArrayInputStream(
                            settings.batchSystem(queue).driver().getBytes(StandardCharsets.UTF_8)),
                    LIMIT);
            if (!answer.exitStatus().equals(Optional.of(0))) {
                throw SshFailure.before(
                        "The driver could not be brought to " + settings.target(queue) + ": "
                                + LastWords.of(answer.errors()),
                        null);
            }
            connection.installed(path);
        }
        return "/bin/sh " + path;
    }

    private String driverPath(CeQueue queue) {
        return settings.sharedArea(queue) + "/driver/"
                + settings.batchSystem(queue).driverName();
    }

    private String digest(PilotImage image) throws IOException {
        String fingerprint = image.fingerprint();
        String known = digests.get(fingerprint);
        if (known == null) {
            known = image.digest();
            digests.clear();
            digests.put(fingerprint, known);
        }
        return known;
    }

    private void bring(CeQueue queue, PilotImage image, String digest) throws IOException, SshFailure {
        Path archive = Files.createTempFile("pilot-image", ".tgz");
        try {
            try (var target = Files.newOutputStream(archive)) {
                image.writeTo(target);
            }
            SshConnection connection = connections.to(settings.target(queue));
            SshConnection.Answer answer;
            try (InputStream packed = Files.newInputStream(archive)) {
                answer = connection.run(driver(queue, connection) + " unpack " + digest, packed, UPLOAD_LIMIT);
            } catch (SshFailure failure) {
                throw SshFailure.before("The pilot's image could not be brought: " + failure.getMessage(), failure);
            }
            if (!answer.exitStatus().equals(Optional.of(0))) {
                throw SshFailure.before(
                        "The pilot's image could not be brought to " + settings.target(queue) + ": "
                                + LastWords.of(answer.errors()),
                        null);
            }
        } finally {
            Files.deleteIfExists(archive);
        }
    }

    private String request(CeQueue queue, Collection<SubmittedPilot> pilots) {
        Request request = new Request();
        for (SubmittedPilot pilot : pilots) {
            String id = reference(queue, pilot).map(SshReference::id).orElseThrow();
            request.line("pilot", pilot.stamp() + " " + id);
            request.line("do", "it");
        }
        return request.end();
    }

    private Optional<SshReference> reference(CeQueue queue, SubmittedPilot pilot) {
        return SshReference.parse(pilot.reference())
                .filter(reference -> reference.system() == settings.batchSystem(queue));
    }

    private String reference(CeQueue queue, String id) {
        return new SshReference(settings.batchSystem(queue), queue.slot().computingElement(), id).toString();
    }

    private static Map<PilotStamp, DriverReply.Line> byPilot(DriverReply reply) {
        return reply.lines().stream()
                .collect(Collectors.toMap(DriverReply.Line::pilot, Function.identity(), (one, other) -> other));
    }

    private static DriverReply.Line only(DriverReply reply) {
        if (reply.lines().size() != 1) {
            throw new ComputingElementFailure(
                    "The driver answers " + reply.lines().size() + " lines instead of one");
        }
        return reply.lines().get(0);
    }

    private static ComputingElementFailure unexpected(DriverReply.Line line) {
        return new ComputingElementFailure("The driver answers something else: " + line.word() + " " + line.argument());
    }

    private static ComputingElementFailure failed(SshFailure failure) {
        return new ComputingElementFailure(text(failure), failure);
    }

    private static String text(SshFailure failure) {
        return String.valueOf(failure.getMessage());
    }

    /** What the driver reads: lines of a name and a value. */
    private static final class Request {

        private final StringBuilder text = new StringBuilder();

        void line(String name, Object value) {
            String line = value.toString();
            if (line.chars().anyMatch(Character::isISOControl)) {
                throw new ComputingElementFailure(
                        "A " + name + " for the driver has control characters, which is not allowed");
            }
            text.append(name).append(' ').append(line).append('\n');
        }

        String end() {
            return text.append("end\n").toString();
        }
    }
}
