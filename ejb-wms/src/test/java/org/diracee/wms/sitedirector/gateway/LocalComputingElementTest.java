/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.sitedirector.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.diracee.framework.configuration.boundary.Deployment;
import org.diracee.kernel.value.PilotStamp;
import org.diracee.kernel.value.VoName;
import org.diracee.wms.parcel.boundary.Parcel;
import org.diracee.wms.pilot.boundary.PilotOutput;
import org.diracee.wms.sitedirector.CeQueues;
import org.diracee.wms.sitedirector.control.CeQueue;
import org.diracee.wms.sitedirector.control.ComputingElementFailure;
import org.diracee.wms.sitedirector.control.PilotLaunch;
import org.diracee.wms.sitedirector.control.PilotProcess;
import org.diracee.wms.sitedirector.control.SubmissionOutcome;
import org.diracee.wms.sitedirector.control.SubmittedPilot;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalComputingElementTest {

    private static final VoName VO = new VoName("demo");
    private static final PilotStamp STAMP = new PilotStamp("0123456789abcdef");
    /** Names neither an image nor certificates. */
    private static final Deployment DEPLOYMENT = new Deployment() {
        @Override
        public Optional<Path> caFile() {
            return Optional.empty();
        }
    };

    private static final String SECRET = "the-one-time-secret";
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    @TempDir
    private Path temporary;

    private CeQueue queue;
    private SubmittedPilot started = new SubmittedPilot(STAMP, "none");

    @BeforeEach
    void describe() throws IOException {
        queue = CeQueues.local(Map.of(
                "PilotImage", temporary.resolve("image").toString(),
                "WorkDirectory", temporary.resolve("work").toString(),
                "ServerURL", "https://server.example:8443",
                "LocalCEType", "Pool/Apptainer",
                "ContainerRoot", "/cvmfs/image"));
        Files.createDirectories(temporary.resolve("image/bin"));
    }

    @AfterEach
    void leaveNothingRunning() {
        LocalReference.parse(started.reference()).flatMap(LocalProcess::of).ifPresent(LocalProcess::kill);
    }

    @Test
    void startsThePilotWithoutTellingItsSecretToAnybody() throws IOException {
        image("printf '%s\\n' \"$@\"; env | sort; cat secret; stat -c %a . secret; exec sleep 60");
        started = submit(element());
        Path directory = directory();
        await().atMost(PATIENCE).until(() -> read("stdout").contains("600"));

        assertThat(read("stdout").lines())
                .containsSubsequence("--server", "https://server.example:8443")
                .containsSubsequence("--stamp", STAMP.text(), "--vo", "demo", "--site", "DIRAC.Local.test")
                .containsSubsequence(
                        "--secret-file", directory.resolve("secret").toString())
                .containsSubsequence(
                        "--cpu-time", "3600", "--tag", "tagged", "--tag", "needed", "--required-tag", "needed")
                .containsSubsequence("--required-tag", "needed", "--processors", "2")
                .containsSubsequence("--inner-ce", "Apptainer", "--container-root", "/cvmfs/image")
                .contains("600")
                .filteredOn(line -> line.contains(SECRET))
                .containsExactly(SECRET + "700"); // the file alone
        assertThat(read("stdout")).doesNotContain("JAVA_HOME", "MAVEN");
        assertThat(started.reference()).matches("local://[^/]+/[0-9]+/[0-9]+");
        assertThat(element().status(queue, List.of(started))).containsEntry(STAMP, new PilotProcess.Running());
    }

    @Test
    void tellsBeforeAnyPilotWhetherOneCouldBeStarted() throws IOException {
        assertThatThrownBy(() -> element().contact(queue, VO)).hasMessageContaining("bin/dirac-pilot is no program");
        image("exit 0");
        element().contact(queue, VO);
        Files.delete(directory().getParent());
        Files.createFile(directory().getParent());
        assertThatThrownBy(() -> element().contact(queue, VO))
                .isInstanceOf(ComputingElementFailure.class)
                .hasMessageContaining(
                        "No directory can be made at " + directory().getParent());
    }

    @Test
    void knowsItsPilotsAgainAfterARestart() throws IOException {
        image("while [ ! -e go ]; do sleep 0.05; done; echo last words >&2; exit 3");
        started = submit(element());
        LocalComputingElement afterRestart = element();
        assertThat(afterRestart.status(queue, List.of(started)).get(STAMP)).isEqualTo(new PilotProcess.Running());
        Files.createFile(directory().resolve("go"));

        await().atMost(PATIENCE)
                .until(() -> afterRestart.status(queue, List.of(started)).get(STAMP) instanceof PilotProcess.Ended);
        assertThat(afterRestart.status(queue, List.of(started)))
                .containsEntry(STAMP, new PilotProcess.Ended(3, "last words"));
    }

    @Test
    void findsAPilotWhoseSubmissionWasNotNoted() throws IOException {
        image("exec sleep 60");
        started = submit(element());
        await().atMost(PATIENCE).until(() -> element().find(queue, STAMP, VO).isPresent());
        String found = element().find(queue, STAMP, VO).orElseThrow();

        assertThat(element().status(queue, List.of(new SubmittedPilot(STAMP, found))))
                .containsEntry(STAMP, new PilotProcess.Running());
        assertThat(element().find(queue, new PilotStamp("neverstarted"), VO)).isEmpty();
    }

    @Test
    void forgetsAPilotThatNeverStarted() throws IOException {
        PilotDirectory broken = new PilotDirectory(directory());
        broken.create(SECRET);
        assertThat(element().find(queue, STAMP, VO)).isEmpty();
        assertThat(directory()).doesNotExist();
    }

    @Test
    void noticesAKilledPilotAndLeavesNothingOfItRunning() throws IOException {
        image("sleep 61 & echo $! >child.part; mv child.part child; wait");
        started = submit(element());
        await().atMost(PATIENCE).until(() -> Files.exists(directory().resolve("child")));
        long child = Long.parseLong(read("child").strip());
        LocalProcess.of(LocalReference.parse(started.reference()).orElseThrow())
                .orElseThrow()
                .kill();

        await().atMost(PATIENCE)
                .until(() -> element().status(queue, List.of(started)).get(STAMP) instanceof PilotProcess.Vanished);
        await().atMost(PATIENCE).until(() -> ProcessHandle.of(child).isEmpty());
    }

    @Test
    void asksFirstAndKillsAfterAWhile() throws IOException {
        image("trap '' TERM; echo ready; while :; do sleep 0.1; done");
        started = submit(element());
        await().atMost(PATIENCE).until(() -> read("stdout").contains("ready"));
        element().kill(queue, List.of(started));
        assertThat(element().status(queue, List.of(started))).containsEntry(STAMP, new PilotProcess.Running());

        LocalComputingElement later = new LocalComputingElement(
                new LocalSettings(),
                new PilotSettings(DEPLOYMENT),
                Clock.fixed(Instant.now().plusSeconds(60), ZoneOffset.UTC)); // wall time of the files it made
        later.kill(queue, List.of(started));
        await().atMost(PATIENCE)
                .until(() -> element().status(queue, List.of(started)).get(STAMP) instanceof PilotProcess.Vanished);
    }

    @Test
    void letsThePilotEndInOrder() throws IOException {
        image("trap 'echo leaving; exit 143' TERM; echo ready; while :; do sleep 0.1; done");
        started = submit(element());
        await().atMost(PATIENCE).until(() -> read("stdout").contains("ready"));
        element().kill(queue, List.of(started));

        await().atMost(PATIENCE)
                .until(() -> element().status(queue, List.of(started)).get(STAMP) instanceof PilotProcess.Ended);
        assertThat(element().output(queue, started))
                .map(PilotOutput::standardOutput)
                .hasValue("ready\nleaving\n");
    }

    @Test
    void leavesNoZombies() throws IOException {
        image("exit 0");
        started = submit(element());
        await().atMost(PATIENCE)
                .until(() -> element().status(queue, List.of(started)).get(STAMP) instanceof PilotProcess.Ended);
        long pid = LocalReference.parse(started.reference()).orElseThrow().pid();
        await().atMost(PATIENCE).until(() -> ProcessHandle.of(pid).isEmpty());
    }

    @Test
    void tellsAProcessFromAnotherThatGotItsNumber() {
        SubmittedPilot recycled = new SubmittedPilot(
                STAMP,
                LocalReference.here(ProcessHandle.current().pid(), Instant.EPOCH)
                        .toString());
        assertThat(element().status(queue, List.of(recycled)).get(STAMP)).isInstanceOf(PilotProcess.Vanished.class);
        element().kill(queue, List.of(recycled)); // would end this very test
        element().clean(queue, recycled);
    }

    @Test
    void cannotTellOfPilotsOfOtherMachines() {
        SubmittedPilot elsewhere = new SubmittedPilot(STAMP, "local://elsewhere.example/17/1700000000000");
        assertThat(element().status(queue, List.of(elsewhere)))
                .containsEntry(STAMP, new PilotProcess.Unknown("it runs on elsewhere.example"));
    }

    @Test
    void removesEverythingOfAnEndedPilot() throws IOException {
        image("mkdir -p work/a/b; ln -s / work/a/root; echo x >work/a/b/c; chmod 500 work/a/b; exit 0");
        started = submit(element());
        await().atMost(PATIENCE)
                .until(() -> element().status(queue, List.of(started)).get(STAMP) instanceof PilotProcess.Ended);
        element().clean(queue, started);

        assertThat(directory()).doesNotExist();
        assertThat(element().output(queue, started)).isEmpty();
        element().clean(queue, started);
    }

    @Test
    void takesAParcelAlongAndGivesItsResultsBack() throws IOException {
        Map<String, String> options = new HashMap<>(queue.options());
        options.put("Mode", "Push");
        queue = CeQueues.local(options);
        image("printf '%s\\n' \"$@\"; mkdir parcel/results; cp parcel/jobs.json parcel/results/spool.jsonl;"
                + " ln -s /etc/passwd parcel/results/link");
        Path contents = Files.writeString(temporary.resolve("jobs.json"), "the job");
        element().lay(queue, STAMP, new Parcel(List.of(contents)));
        started = submit(element());
        await().atMost(PATIENCE)
                .until(() -> element().status(queue, List.of(started)).get(STAMP) instanceof PilotProcess.Ended);

        assertThat(read("stdout").lines())
                .containsSubsequence("--max-jobs", "1")
                .containsSubsequence("--offline", directory().resolve("parcel").toString())
                .doesNotContain("--server", "--secret-file");
        ByteArrayOutputStream spool = new ByteArrayOutputStream();
        assertThat(element().fetch(queue, started, "spool.jsonl", 7, spool)).isTrue();
        assertThat(spool).hasToString("the job");
        assertThat(element().fetch(queue, started, "spool.jsonl", 6, spool)).isFalse();
        assertThat(element().fetch(queue, started, "link", 100_000, spool)).isFalse();
    }

    @Test
    void refusesWithoutAnImage() {
        assertThatThrownBy(() -> submit(element()))
                .isInstanceOf(ComputingElementFailure.class)
                .hasMessageContaining("bin/dirac-pilot is no program");
    }

    @Test
    void refusesASecondPilotOfTheSameStamp() throws IOException {
        image("exec sleep 60");
        started = submit(element());
        assertThat(element().submit(queue, List.of(new PilotLaunch(STAMP, VO, SECRET))))
                .singleElement()
                .isInstanceOf(SubmissionOutcome.Refused.class);
    }

    private LocalComputingElement element() {
        return new LocalComputingElement(new LocalSettings(), new PilotSettings(DEPLOYMENT), Clock.systemUTC());
    }

    private SubmittedPilot submit(LocalComputingElement element) {
        List<SubmissionOutcome> outcomes = element.submit(queue, List.of(new PilotLaunch(STAMP, VO, SECRET)));
        assertThat(outcomes).singleElement().isInstanceOf(SubmissionOutcome.Accepted.class);
        return new SubmittedPilot(STAMP, ((SubmissionOutcome.Accepted) outcomes.get(0)).reference());
    }

    private void image(String script) throws IOException {
        Path program = temporary.resolve("image/bin/dirac-pilot");
        Files.writeString(program, "#!/bin/sh\n" + script + "\n");
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private Path directory() {
        return temporary.resolve("work/DIRAC.Local.test/ce1/" + STAMP);
    }

    private String read(String file) throws IOException {
        Path path = directory().resolve(file);
        return Files.exists(path) ? Files.readString(path) : "";
    }
}
