/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.tests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * What goes wrong in one job, at a real computing element, and does not harm the others of its pilot. All run at the same time, four of
 * them in one pilot; a token of a job and of a pilot is good for a few seconds, so that each outlives several.
 */
@Tag("real")
class FaultyJobsIT {

    private static final Duration LONG = Duration.ofMinutes(2);
    private static final String SSHD = "testbed/sshd.sh";
    private static final Map<String, String> SSH_PORT = Map.of("SSHD_PORT", SshComputingElementIT.SSH_PORT);
    private static final String TOKEN_LIFE = "8";

    /** Not below a directory that is closed to the account of the jobs. */
    private static Path directory;

    /** A disk that is soon full, on which the jobs of one computing element work. */
    private static Path disk;

    private static RunningSystem system;
    private static CeJobs jobs;
    private static long before;

    private static long bystander;
    private static long hog;
    private static long daemon;
    private static long stubborn;
    private static long filler;
    private static long afterwards;

    @BeforeAll
    static void submit() throws IOException {
        RunningSystem.run(Map.of(), SSHD, "install");
        directory = Files.createTempDirectory(Path.of("/var/tmp"), "dirac-faults");
        RunningSystem.run(Map.of(), "/bin/chmod", "755", directory.toString());
        Path shared = Files.createDirectory(directory.resolve("shared"));
        RunningSystem.run(Map.of(), "/bin/chmod", "777", shared.toString());
        disk = Files.createDirectory(directory.resolve("disk"));
        RunningSystem.run(Map.of(), "/bin/mount", "-t", "tmpfs", "-o", "size=40m,mode=777", "none", disk.toString());
        RunningSystem.run(SSH_PORT, SSHD, "start", directory.resolve("sshd").toString());
        system = RunningSystem.up();
        // their tokens are good for longer than these tests take
        system.userAnew("alice");
        ConfigurationCalls configuration = new ConfigurationCalls(system.userAnew("root"));
        jobs = new CeJobs(system);
        before = configuration.inForce();
        Map<String, String> options = new HashMap<>();
        options.put("Operations/demo/Services/Token/AccessTokenLifetime", TOKEN_LIFE);
        options.put("Systems/WorkloadManagement/Services/Matcher/JobTokenLifetime", TOKEN_LIFE);
        ce(options, "faulty", "4").put("Resources/Sites/DIRAC.faulty.test/CEs/faulty/SharedArea", shared + "/faulty");
        ce(options, "full", "1").put("Resources/Sites/DIRAC.full.test/CEs/full/WorkArea", disk.toString());
        assertThat(configuration.commit(ConfigurationCalls.edits(options)).status())
                .isEqualTo(201);
        bystander = jobs.submit("faulty", sh("for i in 1 2 3 4 5; do sleep 5.0625; date; done; echo unharmed"));
        // 300 MB, then it waits
        hog = jobs.submit(
                "faulty", sh("(head -c 300000000 /dev/zero; sleep 630.0625) | tail -c 300000000") + " Memory = 100;");
        daemon = jobs.submit(
                "faulty", sh("(setsid sh -c \\\"sleep 631.0625 & exit\\\" &) < /dev/null > /dev/null 2>&1; sleep 2"));
        stubborn = jobs.submit("faulty", sh("trap \\\"\\\" TERM INT HUP; sleep 632.0625; sleep 633.0625"));
        filler = jobs.submit("full", sh("dd if=/dev/zero of=big bs=1M count=100; sleep 634.0625"));
        afterwards = jobs.submit("full", sh("dd if=/dev/zero of=small bs=1M count=10 && echo room"));
    }

    private static Map<String, String> ce(Map<String, String> options, String name, String processors) {
        Path sshd = directory.resolve("sshd");
        SshComputingElementIT.ce(
                options,
                name,
                "Host",
                sshd.resolve("known_hosts"),
                sshd.resolve("id"),
                directory.resolve("shared").resolve(name));
        String queue = "Resources/Sites/DIRAC." + name + ".test/CEs/" + name + "/Queues/debug/";
        options.put(queue + "MaxTotalJobs", "1");
        options.put(queue + "MaxWaitingJobs", "1");
        options.put(queue + "NumberOfProcessors", processors);
        options.put(queue + "IdleTimeout", "10");
        options.put(queue + "ExtraPilotOptions", "--heartbeat 2 --watch 1 --kill-grace 2");
        return options;
    }

    private static String sh(String script) {
        return "Executable = \"/bin/sh\"; Arguments = \"-c '" + script + "'\"; OutputSandbox = {\"std.out\"};";
    }

    @AfterAll
    static void leaveNothing() {
        try {
            new ConfigurationCalls(system.user("root")).rollBack(before);
        } finally {
            RunningSystem.run(SSH_PORT, SSHD, "stop", directory.resolve("sshd").toString());
            RunningSystem.run(Map.of(), "/bin/umount", "-l", disk.toString());
            RunningSystem.run(Map.of(), "/bin/rm", "-rf", directory.toString());
        }
    }

    @Test
    void runawayMemoryEndsItsJobAlone() {
        JsonNode job = jobs.awaitStatus(hog, "Failed");

        assertThat(job.path("MinorStatus").asText()).isEqualTo("Job has exceeded its memory limit");
        isOfTheSamePilot(job);
    }

    @Test
    void aDaemonThatEscapesEndsWithItsJob() {
        isOfTheSamePilot(jobs.awaitStatus(daemon, "Done"));

        await().atMost(LONG).until(() -> payload("631.0625").isEmpty());
    }

    @Test
    void aKilledJobThatIgnoresTheRequestEndsAlone() {
        isOfTheSamePilot(jobs.awaitStatus(stubborn, "Running"));
        await().atMost(LONG).until(() -> payload("632.0625").isPresent());

        jobs.forget(stubborn);

        List.of("632.0625", "633.0625").forEach(seconds -> await().atMost(LONG)
                .until(() -> payload(seconds).isEmpty()));
    }

    @Test
    void aFullDiskEndsItsJobAndItsPilotRunsTheNext() {
        JsonNode job = jobs.awaitStatus(filler, "Failed");

        assertThat(job.path("MinorStatus").asText()).isEqualTo("Job has insufficient disk space to continue");
        assertThat(jobs.awaitStatus(afterwards, "Done").path("PilotStamp")).isEqualTo(job.path("PilotStamp"));
    }

    @Test
    void aJobOutlivesItsTokensAndThoseOfItsPilotAsTheyAreRenewed() {
        JsonNode job = jobs.awaitStatus(bystander, "Done");

        assertThat(job.path("Attempt").asInt()).isEqualTo(1);
        assertThat(system.user("alice")
                        .get("/api/jobs/" + bystander + "/sandbox/output")
                        .text())
                .contains("sha256:");
        assertThat(system.user("alice")
                        .get("/api/pilots/" + job.path("PilotStamp").asText() + "/log?limit=10000")
                        .text())
                .contains("job " + bystander)
                .doesNotContain("cannot be prolonged");
    }

    private static void isOfTheSamePilot(JsonNode job) {
        assertThat(job.path("PilotStamp"))
                .isEqualTo(JobsHttpIT.job(system.user("alice"), bystander).path("PilotStamp"));
    }

    private static Optional<ProcessHandle> payload(String seconds) {
        return ProcessHandle.allProcesses()
                .filter(process -> ProcFiles.commandLine(process.pid()).equals("sleep " + seconds))
                .findFirst();
    }
}
