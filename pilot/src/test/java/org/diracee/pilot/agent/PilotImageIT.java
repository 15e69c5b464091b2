/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.pilot.agent;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.diracee.pilot.agent.StartedPilots.commandsWith;
import static org.diracee.pilot.agent.StartedPilots.processes;
import static org.diracee.pilot.agent.StartedPilots.read;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.core.ConditionFactory;
import org.diracee.pilot.FakeServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The image as a worker node gets it, run as a process of its own. */
@Timeout(120)
class PilotImageIT {

    private static final long JOB = 12;

    @TempDir
    Path directory;

    private final FakeServer server = new FakeServer();
    private StartedPilots pilots;

    @BeforeEach
    void writeSecret() throws IOException {
        pilots = new StartedPilots(directory);
    }

    @AfterEach
    void endAll() {
        pilots.close();
        server.close();
    }

    private Process start(String... more) throws IOException {
        return start(Map.of(), more);
    }

    private Process start(Map<String, String> environment, String... more) throws IOException {
        List<String> words = new ArrayList<>();
        if (!List.of(more).contains("--inner-ce")) {
            words.addAll(List.of("--inner-ce", "InProcess"));
        }
        if (!List.of(more).contains("--server")) {
            words.addAll(List.of("--server", server.uri().toString()));
        }
        words.addAll(List.of(more));
        return pilots.start(environment, words);
    }

    private String log() throws IOException {
        return pilots.log();
    }

    private int exitOf(Process process) throws InterruptedException {
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return process.exitValue();
    }

    private static ConditionFactory soon() {
        return await().atMost(Duration.ofSeconds(30));
    }

    private static String script(String script) {
        return "[Executable=\"/bin/sh\"; Arguments=\"-c '" + script.replace("\"", "\\\"")
                + "'\"; OutputSandbox={\"std.out\"}]";
    }

    @Test
    void runsAJobAndEndsWhenThereIsNoMore() throws Exception {
        server.enqueue(JOB, script("echo hello from $DIRACSITE"));

        int code = exitOf(start(
                "--idle-timeout",
                "1",
                "--tag",
                "Demo",
                "--required-tag",
                "Demo",
                "--processors",
                "3",
                "--max-ram",
                "2000"));

        assertThat(code).as(log()).isZero();
        assertThat(server.last(JOB).orElseThrow().line()).isEqualTo("Done / Execution Complete");
        assertThat(server.output(JOB)).isPresent();
        assertThat(server.offers().get(0).toString())
                .matches(
                        "\\Q{\"Site\":\"DIRAC.Local.demo\",\"Platform\":\"\\E[a-z0-9_]+-linux\\Q\",\"CPUTime\":2591\\E[0-9]{2}\\Q,"
                                + "\"GridCE\":\"ce.demo\",\"Tags\":[\"Demo\"],\"RequiredTags\":[\"Demo\"],\"NumberOfProcessors\":3,"
                                + "\"MaxRAM\":2000,\"NumberOfJobs\":1}\\E");
        assertThat(server.pilot("Status")).isEqualTo("Done");
        assertThat(server.pilot("StatusReason")).isEqualTo("no job of alice for 1 s; jobs: 1");
        assertThat(server.pilot("GridSite")).isEqualTo("DIRAC.Local.demo");
        assertThat(server.pilot("CurrentJobID")).isEqualTo("12");
        assertThat(server.pilotLog()).first().asString().startsWith("DIRAC EE pilot");
        assertThat(server.pilotLog()).last().asString().startsWith("ends: no job of alice for 1 s");
        assertThat(directory.resolve("work")).isEmptyDirectory();
    }

    @Test
    void endsAfterTheNumberOfJobsItWasTold() throws Exception {
        server.enqueue(JOB, script("true"));
        server.enqueue(JOB + 1, script("true"));

        assertThat(exitOf(start("--max-jobs", "1"))).as(log()).isZero();
        assertThat(server.told(JOB + 1)).isEmpty();
    }

    @Test
    void showsItsSecretAndTokensToNobody() throws Exception {
        server.enqueue(JOB, script("sleep 2000.1"));
        Process pilot = start();
        soon().until(() -> server.lines(JOB).contains("Running / Application"));

        assertThat(pilots.secret()).doesNotExist();
        try (Stream<Path> all = processes()) {
            assertThat(all.filter(process ->
                                    Long.parseLong(process.getFileName().toString())
                                            != ProcessHandle.current().pid())
                            .map(process -> read(process.resolve("cmdline")) + read(process.resolve("environ"))))
                    .noneMatch(text -> text.contains("job-token") || text.contains("pilot-token"));
        }
        assertThat(log()).doesNotContain("job-token").doesNotContain("pilot-token");
        pilot.destroyForcibly();
        soon().until(() -> commandsWith("2000.1").isEmpty());
    }

    @Test
    void leavesNoProcessBehindIfItIsKilled() throws Exception {
        server.enqueue(
                JOB, script("(setsid sh -c \"sleep 2000.2; true\" &); trap \"\" TERM; while :; do sleep 2000.2; done"));
        Process pilot = start();
        soon().until(() -> commandsWith("2000.2").size() > 2);

        pilot.destroyForcibly();

        assertThat(exitOf(pilot)).isEqualTo(137);
        soon().until(() -> commandsWith("2000.2").isEmpty());
        soon().until(() -> commandsWith("DIRAC_PAYLOAD=job-" + JOB).isEmpty());
    }

    @Test
    void givesItsJobBackWhenTheSiteTakesTheSlot() throws Exception {
        server.enqueue(JOB, script("sleep 2000.3"));
        Process pilot = start();
        soon().until(() -> server.lines(JOB).contains("Running / Application"));

        pilot.destroy();

        assertThat(exitOf(pilot)).as(log()).isEqualTo(143);
        assertThat(server.rescheduled()).containsExactly(JOB);
        assertThat(server.last(JOB).orElseThrow().line()).isEqualTo("Running / Going to reschedule job");
        assertThat(server.pilot("Status")).isEqualTo("Done");
        assertThat(server.pilot("StatusReason")).startsWith("a signal ended the pilot");
        assertThat(commandsWith("2000.3")).isEmpty();
    }

    /** A job that ends once so many others run beside it. */
    private String waitingFor(long job, int others) {
        return script("touch " + directory.resolve("job-" + job) + "; until [ $(ls -d " + directory
                + "/job-* | wc -l) -ge " + others + " ]; do sleep 0.05; done");
    }

    @Test
    void runsAsManyJobsBesideEachOtherAsTheSlotHasProcessors() throws Exception {
        for (long job = JOB; job < JOB + 4; job++) {
            server.enqueue(job, waitingFor(job, 4));
        }

        int code = exitOf(start("--idle-timeout", "1", "--processors", "4", "--owners", "any"));

        assertThat(code).as(log()).isZero();
        assertThat(server.offers().get(0).path("NumberOfJobs").asInt()).isEqualTo(4);
        for (long job = JOB; job < JOB + 4; job++) {
            assertThat(server.last(job).orElseThrow().line()).isEqualTo("Done / Execution Complete");
        }
        assertThat(server.pilot("StatusReason")).isEqualTo("no job for 1 s; jobs: 4");
    }

    @Test
    void asksForOneJobWhileItOffersGraphicsProcessors() throws Exception {
        server.enqueue(JOB, script("sleep 2000.6").replace("[", "[Tags={\"GPU\"}; "));
        start(
                Map.of("SLURM_JOB_ID", "17"),
                "--processors",
                "4",
                "--owners",
                "any",
                "--tag",
                "GPU",
                "--tag",
                "4Processors");

        soon().until(() -> server.offers().size() > 1);

        assertThat(server.offers().get(0).path("NumberOfJobs").asInt()).isEqualTo(1);
        assertThat(server.offers().get(0).path("Tags").toString()).isEqualTo("[\"GPU\",\"4Processors\"]");
        assertThat(server.offers().get(1).path("NumberOfJobs").asInt()).isEqualTo(3);
        assertThat(server.offers().get(1).has("Tags")).isFalse();
        assertThat(log()).contains("the batch system does not tell how much time it leaves");
    }

    @Test
    void offersWhatAJobLeaves() throws Exception {
        server.enqueue(JOB, script("sleep 2000.4").replace("[", "[NumberOfProcessors=3; Memory=600; "));
        start("--processors", "4", "--max-ram", "1000", "--owners", "any", "--tag", "WholeNode");

        soon().until(() -> server.offers().size() > 2);

        assertThat(server.offers().get(0).path("Tags").toString()).isEqualTo("[\"WholeNode\"]");
        assertThat(server.offers().get(2).path("NumberOfProcessors").asInt()).isEqualTo(1);
        assertThat(server.offers().get(2).path("NumberOfJobs").asInt()).isEqualTo(1);
        assertThat(server.offers().get(2).path("MaxRAM").asInt()).isEqualTo(400);
        assertThat(server.offers().get(2).has("Tags")).isFalse();
    }

    @Test
    void asksForNoneWhileAJobTakesWhatAllMustAskFor() throws Exception {
        server.enqueue(JOB, script("true").replace("[", "[Tags={\"GPU\"}; "));
        server.enqueue(JOB + 1, script("true"));

        int code = exitOf(start("--max-jobs", "2", "--processors", "4", "--tag", "GPU", "--required-tag", "GPU"));

        assertThat(code).as(log()).isZero();
        assertThat(server.last(JOB + 1).orElseThrow().status()).isEqualTo("Done");
        assertThat(server.offers())
                .allMatch(offer -> offer.path("Tags").toString().equals("[\"GPU\"]"));
    }

    @Test
    void givesAllItsJobsBackWhenTheSiteTakesTheSlot() throws Exception {
        server.enqueue(JOB, script("sleep 2000.5"));
        server.enqueue(JOB + 1, script("trap \"\" TERM; while :; do sleep 2000.5; done"));
        Process pilot = start("--processors", "2");
        soon().until(() -> server.lines(JOB).contains("Running / Application")
                && server.lines(JOB + 1).contains("Running / Application"));

        pilot.destroy();

        assertThat(exitOf(pilot)).as(log()).isEqualTo(143);
        assertThat(server.rescheduled()).containsExactlyInAnyOrder(JOB, JOB + 1);
        assertThat(commandsWith("2000.5")).isEmpty();
    }

    @Test
    void runsJobsOfOneOwnerAloneIfItCannotKeepThemApart() throws Exception {
        server.enqueue(JOB, script("true"), "alice");
        server.enqueue(JOB + 1, script("true"), "bob");
        server.enqueue(JOB + 2, script("true"), "alice");

        int code = exitOf(start("--idle-timeout", "1", "--processors", "2"));

        assertThat(code).as(log()).isZero();
        assertThat(server.last(JOB + 2).orElseThrow().status()).isEqualTo("Done");
        assertThat(server.told(JOB + 1)).isEmpty();
        assertThat(server.pilotLog()).contains("jobs run InProcess, hence of one owner alone");
    }

    @Test
    void doesNotRunWithADirectoryThatJobsMustNotSee() throws Exception {
        assertThat(exitOf(start("--inner-ce", "auto", "--bind", directory.toString())))
                .isEqualTo(2);

        assertThat(server.pilot("StatusReason")).contains("would show jobs the directories of all others");
    }

    @Test
    void endsIfTheIsolationThatTheSiteWantsIsNotThere() throws Exception {
        assertThat(exitOf(start("--inner-ce", "Apptainer"))).isEqualTo(1);

        assertThat(server.pilot("Status")).isEqualTo("Failed");
        assertThat(server.pilot("StatusReason")).isEqualTo("Apptainer needs an image: --container-root names none");
    }

    @Test
    void needsNoHome() throws Exception {
        server.enqueue(JOB, script("echo on"));

        assertThat(exitOf(start(Map.of("HOME", "/nonexistent"), "--max-jobs", "1")))
                .as(log())
                .isZero();
        assertThat(server.output(JOB)).isPresent();
    }

    @Test
    void reachesItsServerThroughTheSitesProxy() throws Exception {
        try (ServerSocket proxy = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
            CompletableFuture<String> asked = CompletableFuture.supplyAsync(() -> firstLine(proxy));

            Process pilot = start(
                    Map.of("https_proxy", "http://127.0.0.1:" + proxy.getLocalPort(), "no_proxy", "other.example"),
                    "--server",
                    "https://dirac.example:8443");

            assertThat(asked.get(30, TimeUnit.SECONDS)).isEqualTo("CONNECT dirac.example:8443 HTTP/1.1");
            pilot.destroyForcibly();
        }
    }

    private static String firstLine(ServerSocket proxy) {
        try (Socket socket = proxy.accept();
                BufferedReader reader = new BufferedReader(new InputStreamReader(socket.getInputStream(), UTF_8))) {
            return String.valueOf(reader.readLine());
        } catch (IOException failed) {
            return failed.toString();
        }
    }

    @Test
    void lastsNoLongerThanTheBatchSystemLetsIt() throws Exception {
        Path squeue = Files.writeString(directory.resolve("squeue"), "#!/bin/sh\necho 00:45\n");
        Files.setPosixFilePermissions(squeue, PosixFilePermissions.fromString("rwxr-xr-x"));

        int code = exitOf(start(Map.of("SLURM_JOB_ID", "17", "PATH", directory + ":/usr/bin:/bin")));

        assertThat(code).as(log()).isZero();
        assertThat(server.pilot("StatusReason")).matches("the slot has only 4[0-9] s left for a job; jobs: 0");
    }

    @Test
    void waitsForAServerThatIsAwayAtTheStart() throws Exception {
        server.away(true);
        Process pilot = start("--idle-timeout", "0.2");
        soon().until(() -> log().contains("cannot log in yet"));

        server.away(false);

        assertThat(exitOf(pilot)).as(log()).isZero();
        assertThat(server.pilotLog()).anyMatch(line -> line.startsWith("cannot log in yet"));
    }

    @Test
    void givesUpIfTheServerStaysAway() throws Exception {
        server.away(true);

        assertThat(exitOf(start("--server-timeout", "1"))).isEqualTo(1);
        assertThat(log()).contains("cannot log in: The server at " + server.uri());
    }

    @Test
    void endsIfItsSecretIsNotAccepted() throws Exception {
        Files.writeString(pilots.secret(), "another");

        assertThat(exitOf(start())).isEqualTo(1);
        assertThat(log()).contains("cannot log in: bad pilot_secret");
    }

    @Test
    void usesNoSecretThatOthersCouldRead() throws Exception {
        Files.setPosixFilePermissions(pilots.secret(), PosixFilePermissions.fromString("rw-r-----"));

        assertThat(exitOf(start())).isEqualTo(2);
        assertThat(log()).contains("could be read by others (mode 0600 is expected)");
        assertThat(pilots.secret()).doesNotExist();
        assertThat(server.calls()).isEmpty();
    }

    @Test
    void endsWhenTheSlotHasTooLittleTimeLeft() throws Exception {
        assertThat(exitOf(start("--cpu-time", "50"))).as(log()).isZero();

        assertThat(server.pilot("StatusReason")).matches("the slot has only 4[0-9] s left for a job; jobs: 0");
    }

    @Test
    void tellsHowItIsUsed() throws Exception {
        Process help = new ProcessBuilder(StartedPilots.PROGRAM.toString(), "--help")
                .redirectErrorStream(true)
                .start();

        assertThat(new String(help.getInputStream().readAllBytes(), UTF_8)).startsWith("Usage: dirac-pilot");
        assertThat(exitOf(help)).isZero();
    }
}
