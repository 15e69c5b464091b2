/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.tests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Jobs run by real pilots that the SiteDirector starts on the local computing element. */
class MainJobIT {

    private static final String HERE = "Site = \"DIRAC.Local.test\"; StdOutput = \"std.out\"; StdError = \"std.err\";";
    private static final Duration LONG = Duration.ofMinutes(2);

    static RunningSystem system;
    static Http alice;

    @BeforeAll
    static void connect() {
        system = RunningSystem.up();
        alice = system.user("alice");
    }

    @AfterEach
    void leaveTheSystemUp() {
        system.recover();
    }

    @Test
    void aSweepRunsToItsOutputs() {
        List<Long> ids = submit("Parameters = 4; Executable = \"/bin/sh\"; Arguments = \"-c 'echo tile %n'\";"
                + " OutputSandbox = {\"std.out\"};" + HERE);

        ids.forEach(id -> awaitStatus(id, "Done"));

        assertThat(JobsHttpIT.job(alice, ids.get(0)).path("MinorStatus").asText())
                .isEqualTo("Execution Complete");
        for (long id : ids) {
            assertThat(alice.get("/api/jobs/" + id + "/sandbox/output").text()).contains("sha256:");
            assertThat(alice.get("/api/jobs/" + id + "/log").json().findValuesAsText("Status"))
                    .containsSubsequence("Received", "Waiting", "Matched", "Running", "Completing", "Done");
        }
    }

    @Test
    void aFailureTellsItsTrueReason() {
        long id = submit("Executable = \"/bin/sh\"; Arguments = \"-c 'echo no such detector >&2; exit 42'\";" + HERE)
                .get(0);

        JsonNode job = awaitStatus(id, "Failed");

        assertThat(job.path("MinorStatus").asText()).isEqualTo("Application Finished With Errors");
        assertThat(job.path("ApplicationStatus").asText()).contains("42");
        assertThat(job.path("Parameters").toString()).contains("no such detector");
    }

    @Test
    void aRunningJobObeysKill() {
        long id = submit("Executable = \"/bin/sleep\"; Arguments = \"600.25\";" + HERE)
                .get(0);
        awaitStatus(id, "Running");
        await().atMost(LONG).until(() -> payload("600.25").isPresent());

        assertThat(JobsHttpIT.status(alice, id, "Killed", "Marked for termination")
                        .status())
                .isEqualTo(200);

        await().atMost(LONG).until(() -> payload("600.25").isEmpty());
        assertThat(JobsHttpIT.job(alice, id).path("Status").asText()).isEqualTo("Killed");
    }

    @Test
    void aKilledPilotLeavesATruthfulStateAndNoProcess() {
        long id = submit("Executable = \"/bin/sleep\"; Arguments = \"600.5\";" + HERE)
                .get(0);
        String stamp = awaitStatus(id, "Running").path("PilotStamp").asText();
        await().atMost(LONG).until(() -> payload("600.5").isPresent());

        pilot(stamp).orElseThrow().destroyForcibly();

        JsonNode job = awaitStatus(id, "Failed");
        assertThat(job.path("MinorStatus").asText()).isEqualTo("Job stalled: pilot not running");
        await().atMost(LONG).until(() -> payload("600.5").isEmpty());
    }

    @Test
    void pilotsGoOnWhileTheServerIsAwayAndTheirReportsArrive() {
        long id = submit("Executable = \"/bin/sh\"; Arguments = \"-c 'sleep 8.75; echo survived'\";"
                        + " OutputSandbox = {\"std.out\"};" + HERE)
                .get(0);
        awaitStatus(id, "Running");
        await().atMost(LONG).until(() -> payload("8.75").isPresent());

        system.killServer();
        await().atMost(LONG).until(() -> payload("8.75").isEmpty());
        system.startServer();

        awaitStatus(id, "Done");
        assertThat(alice.get("/api/jobs/" + id + "/sandbox/output").text()).contains("sha256:");
        assertThat(JobsHttpIT.job(alice, id).path("Attempt").asInt()).isEqualTo(1);
    }

    @Test
    void noSecretStandsInAnyProcessThatAnotherMayRead() {
        long id = submit("Executable = \"/bin/sleep\"; Arguments = \"600.125\";" + HERE)
                .get(0);
        String stamp = awaitStatus(id, "Running").path("PilotStamp").asText();
        await().atMost(LONG).until(() -> payload("600.125").isPresent());
        ProcessHandle payload = payload("600.125").orElseThrow();

        assertThat(ProcFiles.environment(payload.pid()))
                .contains("DIRACJOBID=" + id)
                .doesNotContainPattern("eyJ[A-Za-z0-9_-]{10}")
                .doesNotContainIgnoringCase("secret")
                .doesNotContainIgnoringCase("token");
        long pilot = pilot(stamp).orElseThrow().pid();
        assertThat(ProcFiles.commandLine(pilot) + ProcFiles.environment(pilot))
                .doesNotContainPattern("eyJ[A-Za-z0-9_-]{10}");
        ProcessHandle.allProcesses()
                .map(process -> ProcFiles.commandLine(process.pid()))
                .forEach(line -> assertThat(line)
                        .doesNotContain(system.database().password())
                        .doesNotContain(alice.token()));
        JobsHttpIT.status(alice, id, "Killed", "Marked for termination");
        await().atMost(LONG).until(() -> payload("600.125").isEmpty());
    }

    @Test
    void aTestOfTheQueueGoesWellToItsEnd() {
        String told = CommandLine.of(system, "root").run("ce", "test", "DIRAC.Local.test/local/test");

        assertThat(told)
                .startsWith("Test ")
                .contains("of DIRAC.Local.test/local/test for the VO demo, by job ")
                .endsWith("All went well.\n");
        assertThat(told.lines()
                        .filter(line -> line.startsWith("  "))
                        .map(line -> line.replaceAll("[0-9]+[.][0-9] s", "")))
                .allMatch(line -> line.startsWith("  ok "))
                .extracting(line -> line.substring(6).strip().replaceAll(":.*", ""))
                .containsExactly(
                        "configuration read",
                        "taken up by the site director",
                        "computing element answers",
                        "pilot submitted",
                        "pilot waits in the batch system",
                        "pilot runs",
                        "pilot logged in",
                        "job given to the pilot",
                        "job done, with its output",
                        "pilot ended");
        long job = Long.parseLong(told.replaceAll("(?s).*, by job ([0-9]+).*", "$1"));
        assertThat(system.user("root")
                        .get("/api/jobs/" + job + "/sandbox/output")
                        .text())
                .contains("sha256:");
    }

    @Test
    void aTestOfASiteTellsWhatIsWrongWithEachOfItsQueues(@TempDir Path images) throws IOException {
        Path program = Files.createDirectories(images.resolve("bin")).resolve("dirac-pilot");
        Files.writeString(program, "#!/bin/sh\necho no machine for Java here >&2\nexit 3\n");
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
        String queues = "Resources/Sites/DIRAC.Broken.test/CEs/broken/Queues/";
        ConfigurationCalls configuration = new ConfigurationCalls(system.user("root"));
        long before = configuration.inForce();
        Answer broken = configuration.commit(ConfigurationCalls.edits(Map.of(
                "Resources/Sites/DIRAC.Broken.test/CEs/broken/CEType",
                "Local",
                queues + "directory/WorkDirectory",
                "/proc/none",
                queues + "program/PilotImage",
                images.toString())));
        assertThat(broken.status()).as(broken.toString()).isEqualTo(201);
        try {
            assertThatThrownBy(() -> CommandLine.of(system, "root").run("site", "test", "DIRAC.Broken.test"))
                    .hasMessageContaining("ended with 1:")
                    .hasMessageContaining("computing element answers: No directory can be made at /proc/none/")
                    .hasMessageContaining(
                            "FAILED: The pilot is Failed: Ended with exit code 3: no machine for Java here")
                    .hasMessageContaining("Look on with: dirac-ee pilot show ")
                    .hasMessageNotContaining("All went well");
        } finally {
            configuration.rollBack(before);
        }
    }

    private static List<Long> submit(String jdl) {
        return JobsHttpIT.ids(alice.post("/api/jobs/jdl", JobsHttpIT.jdls(jdl)));
    }

    private static JsonNode awaitStatus(long id, String status) {
        return CeJobs.awaitStatus(alice, id, status);
    }

    private static Optional<ProcessHandle> payload(String seconds) {
        return CeJobs.sleepers(seconds).stream().findFirst();
    }

    private static Optional<ProcessHandle> pilot(String stamp) {
        return ProcessHandle.allProcesses()
                .filter(process -> {
                    String line = ProcFiles.commandLine(process.pid());
                    return line.contains("--stamp " + stamp) && line.contains("java");
                })
                .findFirst();
    }
}
