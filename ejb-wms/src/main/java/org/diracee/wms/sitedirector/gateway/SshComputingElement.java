/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.sitedirector.gateway;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.diracee.kernel.value.PilotStamp;
import org.diracee.kernel.value.VoName;
import org.diracee.wms.parcel.boundary.Parcel;
import org.diracee.wms.pilot.boundary.PilotOutput;
import org.diracee.wms.sitedirector.control.CeQueue;
import org.diracee.wms.sitedirector.control.ComputingElementFailure;
import org.diracee.wms.sitedirector.control.Occupancy;
import org.diracee.wms.sitedirector.control.ParcelStation;
import org.diracee.wms.sitedirector.control.PilotLaunch;
import org.diracee.wms.sitedirector.control.PilotProcess;
import org.diracee.wms.sitedirector.control.SubmissionOutcome;
import org.diracee.wms.sitedirector.control.SubmittedPilot;

/**
 * Runs pilots on a host or in a batch system that is reached by SSH. A driver, a script for the kind of batch system, does all
 * that is asked there for many pilots at once. What a request holds goes to the driver's standard input, so that no shell ever
 * reads it. A call takes at most a minute and a half, but preparing five more when the image has to be brought.
 */
@ApplicationScoped
public class SshComputingElement implements ParcelStation {

    private static final int SECONDS_PER_MINUTE = 60;

    /** So many pilots are asked after in one call, as one takes the driver a while. */
    private static final int IN_ONE = 300;

    private SshSettings settings;
    private PilotSettings pilotSettings;
    private SshDriver driver;

    protected SshComputingElement() {} // for the container's proxy

    @Inject
    public SshComputingElement(SshSettings settings, PilotSettings pilotSettings, SshConnections connections) {
        this.settings = settings;
        this.pilotSettings = pilotSettings;
        this.driver = new SshDriver(settings, connections);
    }

    @Override
    public String type() {
        return "SSH";
    }

    @Override
    public void prepare(CeQueue queue) {
        try {
            driver.bring(queue, image(queue));
        } catch (IOException failure) {
            throw unreadable(failure);
        } catch (SshFailure failure) {
            throw failed(failure);
        }
    }

    @Override
    public List<SubmissionOutcome> submit(CeQueue queue, List<PilotLaunch> pilots) {
        try {
            DriverReply reply =
                    driver.answer(queue, "submit", image(queue), digest -> submission(queue, digest, pilots));
            if (reply.lines().isEmpty() && reply.failure().isPresent()) {
                throw new ComputingElementFailure(reply.failure().get());
            }
            return outcomes(queue, pilots, reply);
        } catch (IOException failure) {
            throw unreadable(failure);
        } catch (SshFailure failure) {
            if (!failure.isBegun()) {
                throw failed(failure);
            }
            return pilots.stream()
                    .<SubmissionOutcome>map(pilot -> new SubmissionOutcome.Undecided(pilot.stamp(), text(failure)))
                    .toList();
        }
    }

    private PilotImage image(CeQueue queue) throws IOException {
        return PilotImage.of(pilotSettings.image(queue), pilotSettings.caFile(queue));
    }

    private static ComputingElementFailure unreadable(IOException failure) {
        return new ComputingElementFailure("The pilot's image could not be read: " + failure, failure);
    }

    private String submission(CeQueue queue, String image, List<PilotLaunch> pilots) {
        SshDriver.Request request = new SshDriver.Request();
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
            if (queue.isPush()) {
                request.line("parcel", pilot.stamp());
            } else {
                request.line("secret", pilot.secret());
            }
            command.words(pilot).forEach(word -> request.line("word", word));
            request.line("do", "it");
        }
        return request.end();
    }

    private List<SubmissionOutcome> outcomes(CeQueue queue, List<PilotLaunch> pilots, DriverReply reply) {
        Map<String, DriverReply.Line> lines = byPilot(reply);
        List<SubmissionOutcome> outcomes = new ArrayList<>();
        for (PilotLaunch pilot : pilots) {
            DriverReply.Line line = lines.get(pilot.stamp().text());
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
    public void lay(CeQueue queue, PilotStamp stamp, Parcel parcel) {
        try {
            driver.lay(queue, stamp, parcel);
        } catch (IOException failure) {
            throw new ComputingElementFailure(
                    "The parcel of pilot " + stamp + " could not be read: " + failure, failure);
        } catch (SshFailure failure) {
            throw failed(failure);
        }
    }

    @Override
    public boolean fetch(CeQueue queue, SubmittedPilot pilot, String name, long most, OutputStream target)
            throws IOException {
        try {
            return driver.fetch(queue, pilot.stamp(), name, most, target);
        } catch (SshFailure failure) {
            throw failed(failure);
        }
    }

    @Override
    public Optional<String> find(CeQueue queue, PilotStamp stamp, VoName vo) {
        SshDriver.Request request = new SshDriver.Request();
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
        for (List<SubmittedPilot> some : parts(ours)) {
            Map<String, DriverReply.Line> lines = byPilot(ask(queue, "status", request(queue, some)));
            for (SubmittedPilot pilot : some) {
                DriverReply.Line line = lines.get(pilot.stamp().text());
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
                    yield new PilotProcess.Unknown(unexpected(line).detail());
                }
                yield new PilotProcess.Ended(Integer.parseInt(line.argument()), LastWords.of(line.text()));
            }
            default -> new PilotProcess.Unknown(unexpected(line).detail());
        };
    }

    @Override
    public void kill(CeQueue queue, Collection<SubmittedPilot> pilots) {
        List<SubmittedPilot> ours = pilots.stream()
                .filter(pilot -> reference(queue, pilot).isPresent())
                .toList();
        List<DriverReply.Line> alive = new ArrayList<>();
        for (List<SubmittedPilot> some : parts(ours)) {
            alive.addAll(ask(queue, "kill", request(queue, some)).lines());
        }
        if (!alive.isEmpty()) {
            DriverReply.Line first = alive.get(0);
            throw new ComputingElementFailure(alive.size() + " pilots could not be ended, the first of them "
                    + first.stamp() + ": " + first.argument());
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
        SshDriver.Request request = new SshDriver.Request();
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
            reply = driver.answer(queue, verb, request);
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

    private String request(CeQueue queue, Collection<SubmittedPilot> pilots) {
        SshDriver.Request request = new SshDriver.Request();
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

    private static List<List<SubmittedPilot>> parts(List<SubmittedPilot> whole) {
        List<List<SubmittedPilot>> parts = new ArrayList<>();
        for (int first = 0; first < whole.size(); first += IN_ONE) {
            parts.add(whole.subList(first, Math.min(first + IN_ONE, whole.size())));
        }
        return parts;
    }

    private static Map<String, DriverReply.Line> byPilot(DriverReply reply) {
        return reply.lines().stream()
                .collect(Collectors.toMap(DriverReply.Line::stamp, Function.identity(), (one, other) -> other));
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

    /** Logs in, and asks the batch system. */
    @Override
    public void contact(CeQueue queue, VoName vo) {
        occupancy(queue);
    }
}
