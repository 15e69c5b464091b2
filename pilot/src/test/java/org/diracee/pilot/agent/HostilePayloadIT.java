/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.pilot.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.diracee.pilot.agent.StartedPilots.IMAGE;
import static org.diracee.pilot.agent.StartedPilots.PROGRAM;
import static org.diracee.pilot.agent.StartedPilots.commandsWith;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.diracee.client.sandbox.SandboxUnpacker;
import org.diracee.client.sandbox.UnpackLimits;
import org.diracee.pilot.FakeServer;
import org.diracee.pilot.Testbed;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Payloads that mean harm, beside one that means none, in the pilot's image with bubblewrap: they get nothing and leave nothing. */
@Tag("real")
@Timeout(120)
class HostilePayloadIT {

    private static final long VICTIM = 20;
    private static final long HOSTILE = 21;
    private static final String SECRET = "s3cr3t-of-the-neighbour";

    @TempDir
    Path directory;

    private final FakeServer server = new FakeServer();
    private StartedPilots pilots;

    @BeforeAll
    static void bring() throws Exception {
        Testbed.run("bubblewrap.sh", "install");
    }

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
        List<String> words = new ArrayList<>(List.of("--server", server.uri().toString()));
        words.addAll(List.of("--idle-timeout", "1", "--processors", "2"));
        if (!List.of(more).contains("--inner-ce")) {
            words.addAll(List.of("--inner-ce", "bubblewrap"));
        }
        words.addAll(List.of(more));
        return pilots.start(environment, words);
    }

    private String log() throws IOException {
        return pilots.log();
    }

    private static String script(String script, String... more) {
        return "[Executable=\"/bin/sh\"; Arguments=\"-c '"
                + script.replace("\\", "\\\\").replace("\"", "\\\"") + "'\"; OutputSandbox={\"std.out\",\"std.err\"};"
                + String.join(";", more) + "]";
    }

    /** Runs until its neighbour has ended, and has a secret in its environment, its arguments and its directory. */
    private String victim() {
        return script(
                "echo " + SECRET
                        + " >mine.txt; i=0; until [ -e stop ] || [ $i -ge 900 ]; do sleep 0.1; i=$((i+1)); done; cat mine.txt",
                "ExecutionEnvironment={\"SECRET=" + SECRET + "\"}");
    }

    /** What a hostile payload said after it tried all it could beside the victim. */
    private String said(String script, String... more) throws Exception {
        server.enqueue(VICTIM, victim(), "alice");
        server.enqueue(HOSTILE, script("sleep 1; " + script, more), "mallory");
        Process pilot = start();
        await().atMost(Duration.ofSeconds(60)).until(() -> server.last(HOSTILE)
                .filter(last -> List.of("Done", "Failed").contains(last.status()))
                .isPresent());
        assertThat(server.last(VICTIM).orElseThrow().line())
                .as("the neighbour is not disturbed\n" + log())
                .isEqualTo("Running / Application");
        Files.createFile(directory.resolve("work/job-" + VICTIM + "-1/job/stop"));
        assertThat(pilot.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(pilot.exitValue()).as(log()).isZero();
        assertThat(server.last(VICTIM).orElseThrow().line()).isEqualTo("Done / Execution Complete");
        assertThat(outputs(VICTIM).get("std.out")).isEqualTo(SECRET + "\n");
        assertThat(directory.resolve("work")).isEmptyDirectory();
        assertThat(commandsWith("2001.")).isEmpty();
        return String.join("", outputs(HOSTILE).values());
    }

    private Map<String, String> outputs(long job) throws IOException {
        Path archive = Files.write(
                directory.resolve(job + ".tar.zst"), server.output(job).orElseThrow());
        Path target = directory.resolve("out-" + job);
        Map<String, String> contents = new TreeMap<>();
        for (String name : new SandboxUnpacker(UnpackLimits.STANDARD).unpack(archive, target)) {
            contents.put(name, Files.readString(target.resolve(name)));
        }
        return contents;
    }

    @Test
    void seeNoProcessOfOthers() throws Exception {
        String said = said(
                "cat /proc/[0-9]*/environ /proc/[0-9]*/cmdline | tr \"\\0\" \"\\n\"; echo; "
                        + "for p in /proc/[0-9]*; do tr \"\\0\" \" \" <$p/cmdline; echo; done; echo pids: $(ls -d /proc/[0-9]* | wc -l)");

        assertThat(said)
                .doesNotContain(SECRET)
                .doesNotContain("dirac-pilot")
                .doesNotContain("pilot-token")
                .contains("DIRACJOBID=" + HOSTILE);
        assertThat(said).containsPattern("pids: [1-9]\\n");
    }

    @Test
    void canNeitherTraceNorSignalThem() throws Exception {
        long us = ProcessHandle.current().pid();
        String said = said("for pid in $(seq 2 400) " + us
                + "; do [ $pid != $$ ] && kill -0 $pid 2>/dev/null && echo can signal $pid; done; "
                + "cat /proc/" + us + "/mem; head -c 1 /proc/1/root/proc/" + us
                + "/environ; grep CapEff /proc/self/status; "
                + "nsenter -t 1 -a true; nsenter -t " + us + " -a true; exit 0");

        assertThat(said)
                .doesNotContain("can signal")
                .contains("CapEff:\t0000000000000000")
                .contains("/proc/" + us + "/mem")
                .contains("No such file");
    }

    @Test
    void findNoDirectoryOfOthersNorOfThePilot() throws Exception {
        String said = said(
                "ls " + directory + "/work " + directory + " " + IMAGE + "; cat " + directory + "/work/job-" + VICTIM
                        + "-1/job/mine.txt; cat " + directory + "/work/*/job/mine.txt " + directory + "/secret; "
                        + "find / -xdev -name mine.txt 2>/dev/null; cat /etc/shadow; ls -A /root /home; mount -o remount,rw /usr; "
                        + "touch /usr/x /etc/x /x /dev/x " + IMAGE + "/bin/dirac-pilot && echo changed it; exit 0");

        assertThat(said)
                .contains(directory + "/secret: No such file or directory")
                .contains("'/usr/x': Read-only file system")
                .doesNotContain(SECRET)
                .doesNotContain("job-" + VICTIM + "-1\n")
                .doesNotContain("root:")
                .doesNotContain("changed it")
                .doesNotContain("bin\n");
        assertThat(PROGRAM).isExecutable();
    }

    /** The loader of a program that starts outside would write there, as it would load what {@code LD_PRELOAD} names. */
    @Test
    void giveNoVariableToWhatStartsOutside() throws Exception {
        String said = said(
                "env | grep ^LD_; [ -e std.out ]",
                "ExecutionEnvironment={\"LD_DEBUG=libs\",\"LD_DEBUG_OUTPUT=" + directory.resolve("escaped") + "\"}");

        assertThat(said).contains("LD_DEBUG=libs");
        try (Stream<Path> all = Files.list(directory)) {
            assertThat(all.map(path -> path.getFileName().toString())).noneMatch(name -> name.startsWith("escaped"));
        }
    }

    /** With a double of Apptainer that tells with which variables it was started. */
    @Test
    void giveNoVariableToTheProgramOfContainers() throws Exception {
        Path seen = directory.resolve("seen");
        Path program = Files.writeString(directory.resolve("apptainer"), "#!/bin/sh\nenv >>" + seen + "\n");
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
        server.enqueue(
                HOSTILE,
                script(
                        "true",
                        "ExecutionEnvironment={\"LD_DEBUG=libs\",\"LD_DEBUG_OUTPUT=" + directory.resolve("escaped")
                                + "\",\"APPTAINER_BIND=/:/mnt\",\"SINGULARITY_BIND=/:/mnt\"}"),
                "mallory");

        Process pilot = start(
                Map.of("PATH", directory + ":" + System.getenv("PATH")),
                "--inner-ce",
                "Apptainer",
                "--container-root",
                "/image");

        assertThat(pilot.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(server.last(HOSTILE).orElseThrow().line()).as(log()).isEqualTo("Done / Execution Complete");
        assertThat(Files.readAllLines(seen))
                .contains("APPTAINERENV_APPTAINER_BIND=/:/mnt", "APPTAINERENV_LD_DEBUG=libs")
                .noneMatch(line -> line.matches("(LD_|APPTAINER_|SINGULARITY_).*"));
        try (Stream<Path> all = Files.list(directory)) {
            assertThat(all.map(path -> path.getFileName().toString())).noneMatch(name -> name.startsWith("escaped"));
        }
    }

    @Test
    void leaveNoDaemonBehind() throws Exception {
        String said = said(
                "for i in 1 2 3; do (env -i setsid setsid sh -c \"cd /; exec >/dev/null 2>&1; trap : TERM HUP; sleep 2001.1; sleep 2001.1\" &); done;"
                        + " sleep 0.3; echo gone");

        assertThat(said).contains("gone");
        assertThat(server.last(HOSTILE).orElseThrow().line()).isEqualTo("Done / Execution Complete");
    }

    @Test
    void areEndedEvenIfTheyHearNoSignalAndForkOn() throws Exception {
        server.enqueue(
                HOSTILE,
                script(
                        "trap \"\" TERM HUP INT; while :; do (trap \"\" TERM; setsid sh -c \"trap : TERM; sleep 2001.2\" &); sleep 0.02; done"),
                "mallory");
        Process pilot = start("--max-processes", "150");

        assertThat(pilot.waitFor(90, TimeUnit.SECONDS)).isTrue();

        assertThat(pilot.exitValue()).as(log()).isZero();
        assertThat(server.last(HOSTILE).orElseThrow().line()).isEqualTo("Failed / Job has too many processes");
        assertThat(commandsWith("2001.2")).isEmpty();
        assertThat(directory.resolve("work")).isEmptyDirectory();
    }

    @Test
    void areEndedIfTheyFillTheMemory() throws Exception {
        said(
                "head -c 300000000 /dev/zero | tail -n 1 & (head -c 200000000 /dev/zero; sleep 2001.3) | tail -n 1; wait",
                "Memory=100");

        assertThat(server.last(HOSTILE).orElseThrow().line()).isEqualTo("Failed / Job has exceeded its memory limit");
    }

    @Test
    void cannotHideMemoryInFiles() throws Exception {
        server.enqueue(
                HOSTILE,
                script(
                        "head -c 200000000 /dev/zero >/dev/shm/big; ls -s /dev/shm; head -c 1000 /dev/zero >/dev/big; exit 0"),
                "mallory");
        Process pilot = start("--max-ram", "50", "--warn-only", "memory");

        assertThat(pilot.waitFor(60, TimeUnit.SECONDS)).isTrue();

        assertThat(String.join("", outputs(HOSTILE).values()))
                .contains("No space left")
                .contains("Read-only file system");
    }

    @Test
    void dieWithThePilot() throws Exception {
        server.enqueue(
                HOSTILE,
                script(
                        "trap \"\" TERM; (env -i setsid setsid sh -c \"cd /; trap : TERM; sleep 2001.4\" >/dev/null 2>&1 &); sleep 2001.4"),
                "mallory");
        Process pilot = start();
        await().until(() -> commandsWith("sleep 2001.4").size() >= 3);

        pilot.destroyForcibly();

        await().atMost(Duration.ofSeconds(30))
                .until(() -> commandsWith("2001.4").isEmpty());
    }
}
