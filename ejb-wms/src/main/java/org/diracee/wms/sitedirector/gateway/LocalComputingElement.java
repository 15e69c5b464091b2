/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.sitedirector.gateway;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
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
 * Runs pilots as processes of the server's own machine, each in a session and a directory of its own, so that they go on
 * when the server ends and are found again when it is back. With several nodes, each follows the pilots of its own machine.
 * Needs the pilot's image, see {@link PilotSettings}; works as root and as an ordinary user. Takes seconds for every call.
 */
@ApplicationScoped
public class LocalComputingElement implements ParcelStation {

    /** Starting processes is quick; a machine that is not is left alone after this. */
    private static final Duration SUBMISSION_LIMIT = Duration.ofSeconds(30);

    /** A pilot that was asked to end and its jobs get this long to do so in order. */
    private static final Duration GRACE = Duration.ofSeconds(35);

    private LocalSettings settings;
    private PilotSettings pilotSettings;
    private Clock clock;

    protected LocalComputingElement() {} // for the container's proxy

    @Inject
    public LocalComputingElement(LocalSettings settings, PilotSettings pilotSettings, Clock clock) {
        this.settings = settings;
        this.pilotSettings = pilotSettings;
        this.clock = clock;
    }

    @Override
    public String type() {
        return "Local";
    }

    @Override
    public List<SubmissionOutcome> submit(CeQueue queue, List<PilotLaunch> pilots) {
        pilotSettings.image(queue); // without one, all are refused
        Instant deadline = clock.instant().plus(SUBMISSION_LIMIT);
        List<SubmissionOutcome> outcomes = new ArrayList<>();
        for (PilotLaunch pilot : pilots) {
            outcomes.add(
                    clock.instant().isAfter(deadline)
                            ? new SubmissionOutcome.Refused(
                                    pilot.stamp(),
                                    "the machine took more than " + SUBMISSION_LIMIT.toSeconds()
                                            + " s to start those before")
                            : start(queue, pilot));
        }
        return outcomes;
    }

    private SubmissionOutcome start(CeQueue queue, PilotLaunch pilot) {
        PilotDirectory directory = directory(queue, pilot.stamp());
        try {
            if (queue.isPush()) {
                Files.createDirectory(directory.workDirectory());
            } else {
                directory.create(pilot.secret());
            }
            LocalProcess process = LocalProcess.start(command(queue, pilot, directory), directory);
            return new SubmissionOutcome.Accepted(
                    pilot.stamp(), process.reference().toString());
        } catch (IOException failure) {
            directory.removeQuietly();
            return new SubmissionOutcome.Refused(pilot.stamp(), "its process could not be started: " + failure);
        }
    }

    private List<String> command(CeQueue queue, PilotLaunch pilot, PilotDirectory directory) {
        List<String> words = new ArrayList<>();
        words.add(pilotSettings.image(queue).resolve(PilotCommand.PROGRAM).toString());
        words.addAll(pilotSettings.command(queue).words(pilot));
        pilotSettings.caFile(queue).ifPresent(file -> words.addAll(List.of("--ca-file", file.toString())));
        words.addAll(List.of("--work-dir", directory.workDirectory().toString()));
        words.addAll(
                queue.isPush()
                        ? List.of("--offline", directory.parcelDirectory().toString())
                        : List.of("--secret-file", directory.secretFile().toString()));
        return words;
    }

    @Override
    public void lay(CeQueue queue, PilotStamp stamp, Parcel parcel) {
        pilotSettings.image(queue); // without one, no parcel goes anywhere
        PilotDirectory directory = directory(queue, stamp);
        try {
            directory.create(parcel);
        } catch (IOException failure) {
            directory.removeQuietly();
            throw new ComputingElementFailure(
                    "The parcel of pilot " + stamp + " could not be laid: " + failure, failure);
        }
    }

    @Override
    public boolean fetch(CeQueue queue, SubmittedPilot pilot, String name, long most, OutputStream target)
            throws IOException {
        if (LocalReference.parse(pilot.reference())
                .filter(LocalReference::isHere)
                .isEmpty()) {
            throw new ComputingElementFailure("Pilot " + pilot.stamp() + " ran on another node, which has its results");
        }
        return directory(queue, pilot.stamp()).copyResult(name, most, target);
    }

    /** A pilot notes its process before it does anything else, so without that note there never was one. */
    @Override
    public Optional<String> find(CeQueue queue, PilotStamp stamp, VoName vo) {
        PilotDirectory directory = directory(queue, stamp);
        Optional<String> reference = directory.pid().map(pid -> LocalProcess.reference(pid, directory)
                .toString());
        if (reference.isEmpty()) {
            directory.removeQuietly();
        }
        return reference;
    }

    @Override
    public Map<PilotStamp, PilotProcess> status(CeQueue queue, Collection<SubmittedPilot> pilots) {
        Map<PilotStamp, PilotProcess> answer = new LinkedHashMap<>();
        for (SubmittedPilot pilot : pilots) {
            answer.put(pilot.stamp(), status(queue, pilot));
        }
        return answer;
    }

    private PilotProcess status(CeQueue queue, SubmittedPilot pilot) {
        Optional<LocalReference> reference = LocalReference.parse(pilot.reference());
        if (reference.isEmpty()) {
            return new PilotProcess.Unknown("'" + pilot.reference() + "' is no reference of a local pilot");
        }
        if (!reference.get().isHere()) {
            return new PilotProcess.Unknown("it runs on " + reference.get().host());
        }
        PilotDirectory directory = directory(queue, pilot.stamp());
        Optional<Integer> exitCode = directory.exitCode();
        if (exitCode.isEmpty() && LocalProcess.of(reference.get()).isPresent()) {
            return new PilotProcess.Running();
        }
        // looked for again, as it may have been written just before the process went
        return exitCode.or(directory::exitCode)
                .<PilotProcess>map(code -> new PilotProcess.Ended(code, directory.lastWords()))
                .orElseGet(() -> new PilotProcess.Vanished(
                        "The process is gone without an exit code: it was killed, or the machine went down",
                        directory.lastWords()));
    }

    @Override
    public void kill(CeQueue queue, Collection<SubmittedPilot> pilots) {
        for (SubmittedPilot pilot : pilots) {
            LocalReference.parse(pilot.reference())
                    .filter(LocalReference::isHere)
                    .flatMap(LocalProcess::of)
                    .ifPresent(process -> {
                        Instant asked = directory(queue, pilot.stamp()).killAsked(clock.instant());
                        if (asked.plus(GRACE).isBefore(clock.instant())) {
                            process.kill();
                        } else {
                            process.askToEnd();
                        }
                    });
        }
    }

    @Override
    public Optional<PilotOutput> output(CeQueue queue, SubmittedPilot pilot) {
        return directory(queue, pilot.stamp()).output();
    }

    @Override
    public void clean(CeQueue queue, SubmittedPilot pilot) {
        LocalReference.parse(pilot.reference()).filter(LocalReference::isHere).ifPresent(LocalProcess::killOrphans);
        PilotDirectory directory = directory(queue, pilot.stamp());
        try {
            directory.remove();
        } catch (IOException failure) {
            throw new ComputingElementFailure(
                    "The directory of pilot " + pilot.stamp() + " could not be removed: " + failure, failure);
        }
    }

    /** Our own records count: what was started here is what we know of. */
    @Override
    public Optional<Occupancy> occupancy(CeQueue queue) {
        return Optional.empty();
    }

    private PilotDirectory directory(CeQueue queue, PilotStamp stamp) {
        return new PilotDirectory(settings.workDirectory(queue).resolve(stamp.text()));
    }

    /** Whether a pilot could be started: its program is there, and a directory can be made for it. */
    @Override
    public void contact(CeQueue queue, VoName vo) {
        pilotSettings.image(queue);
        Path place = settings.workDirectory(queue).resolve("contact-" + UUID.randomUUID());
        PilotDirectory trial = new PilotDirectory(place);
        try {
            trial.create();
            trial.remove();
        } catch (IOException failure) {
            throw new ComputingElementFailure(
                    "No directory can be made at " + place.getParent() + ": " + failure, failure);
        }
    }
}
