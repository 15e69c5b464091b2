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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Jobs run by pilots on the account of another host, this one, by a real sshd: on the host itself, and in a real Slurm. */
@Tag("real")
class SshComputingElementIT {

    private static final Duration LONG = Duration.ofMinutes(4);
    private static final String SSHD = "testbed/sshd.sh";
    private static final String SLURM = "testbed/slurm.sh";

    /** Not below a directory that is closed to the account of the jobs. */
    private static Path directory;

    private static String sshd;
    private static Map<String, String> environment;
    private static RunningSystem system;
    private static Http alice;
    private static long before;

    @BeforeAll
    static void connect() throws IOException {
        RunningSystem.run(Map.of(), SSHD, "install");
        RunningSystem.run(Map.of(), SLURM, "install");
        directory = Files.createTempDirectory(Path.of("/var/tmp"), "dirac-ssh");
        RunningSystem.run(Map.of(), "/bin/chmod", "755", directory.toString());
        sshd = directory.resolve("sshd").toString();
        environment = Map.of(
                "SSHD_PORT", "20122",
                "SLURM_PORT", "20917",
                "SSHD_ENVIRONMENT", "SLURM_CONF=" + directory.resolve("slurm/slurm.conf"));
        RunningSystem.run(
                environment, SLURM, "start", directory.resolve("slurm").toString());
        RunningSystem.run(environment, SSHD, "start", sshd);
        Files.writeString(
                directory.resolve("other_hosts"),
                "[127.0.0.1]:20122 " + Files.readString(directory.resolve("sshd/id.pub")));
        system = RunningSystem.up();
        alice = system.user("alice");
        ConfigurationCalls configuration = new ConfigurationCalls(system.user("root"));
        before = configuration.inForce();
        Map<String, String> options = new HashMap<>();
        ce(options, "host", "Host", "sshd/known_hosts", "sshd/id");
        ce(options, "slurm", "SLURM", "sshd/known_hosts", "sshd/id");
        ce(options, "impostor", "Host", "other_hosts", "sshd/id");
        ce(options, "stranger", "Host", "sshd/known_hosts", "sshd/hostkey");
        assertThat(configuration.commit(ConfigurationCalls.edits(options)).status())
                .isEqualTo(201);
    }

    @AfterAll
    static void leaveNothing() {
        try {
            new ConfigurationCalls(system.user("root")).rollBack(before);
        } finally {
            RunningSystem.run(
                    environment, SLURM, "stop", directory.resolve("slurm").toString());
            RunningSystem.run(environment, SSHD, "stop", sshd);
            RunningSystem.run(Map.of(), "/bin/rm", "-rf", directory.toString());
        }
    }

    private static void ce(
            Map<String, String> options, String name, String batchSystem, String knownHosts, String key) {
        String path = "Resources/Sites/DIRAC." + name + ".test/CEs/" + name + "/";
        options.put(path + "CEType", "SSH");
        options.put(path + "BatchSystem", batchSystem);
        options.put(path + "SSHHost", "127.0.0.1");
        options.put(path + "SSHPort", "20122");
        options.put(path + "SSHUser", "gridtest");
        options.put(path + "SSHKey", directory.resolve(key).toString());
        options.put(path + "SSHKnownHosts", directory.resolve(knownHosts).toString());
        options.put(path + "SharedArea", "dirac-test-" + directory.getFileName());
        String queue = path + "Queues/debug/";
        options.put(queue + "CPUTime", "7200");
        options.put(queue + "MaxTotalJobs", "2");
        options.put(queue + "MaxWaitingJobs", "2");
        options.put(queue + "NumberOfProcessors", "1");
        options.put(queue + "IdleTimeout", "5");
        options.put(queue + "VO", "demo");
        options.put(queue + "ExtraPilotOptions", "--heartbeat 2");
    }

    @ParameterizedTest
    @ValueSource(strings = {"host", "slurm"})
    void aSweepRunsToItsOutputs(String ce) {
        List<Long> ids = submit(
                ce,
                "Parameters = 4; Executable = \"/bin/sh\"; Arguments = \"-c 'echo tile %n; id -un'\";"
                        + " OutputSandbox = {\"std.out\"};");

        for (long id : ids) {
            String stamp = awaitStatus(id, "Done").path("PilotStamp").asText();
            assertThat(alice.get("/api/jobs/" + id + "/sandbox/output").text()).contains("sha256:");
            assertThat(JobsHttpIT.job(alice, id).path("Parameters").toString()).contains("gridtest");
            // what the pilot wrote comes when it has ended
            await().atMost(LONG)
                    .until(() -> alice.get("/api/pilots/" + stamp + "/output").status() == 200);
            assertThat(alice.get("/api/pilots/" + stamp + "/output").text()).contains("job " + id);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"host", "slurm"})
    void aKilledPilotLeavesATruthfulStateAndNoProcess(String ce) {
        String seconds = "600." + ce.length() + "25";
        long id = submit(ce, "Executable = \"/bin/sleep\"; Arguments = \"" + seconds + "\";")
                .get(0);
        String stamp = awaitStatus(id, "Running").path("PilotStamp").asText();
        await().atMost(LONG).until(() -> payload(seconds).isPresent());
        assertThat(ProcFiles.environment(payload(seconds).orElseThrow().pid())).doesNotContainIgnoringCase("secret");

        assertThat(system.user("root")
                        .post("/api/pilots/kill", "{\"pilot_stamps\":[\"" + stamp + "\"]}")
                        .status())
                .isEqualTo(200);

        await().atMost(LONG).until(() -> payload(seconds).isEmpty());
        // a pilot that is asked to end gives its job back; nobody wants it any more
        JobsHttpIT.status(alice, id, "Killed", "Marked for termination");
    }

    @ParameterizedTest
    @ValueSource(strings = {"host", "slurm"})
    void jobsGoOnWhileTheHostCannotBeReached(String ce) {
        String seconds = "12." + ce.length() + "75";
        long id = submit(
                        ce,
                        "Executable = \"/bin/sh\"; Arguments = \"-c 'sleep " + seconds + "; echo survived'\";"
                                + " OutputSandbox = {\"std.out\"};")
                .get(0);
        String stamp = awaitStatus(id, "Running").path("PilotStamp").asText();
        await().atMost(LONG).until(() -> payload(seconds).isPresent());

        RunningSystem.run(environment, SSHD, "kill", sshd);
        await().atMost(LONG).until(() -> payload(seconds).isEmpty());
        RunningSystem.run(environment, SSHD, "start", sshd);

        JsonNode job = awaitStatus(id, "Done");
        assertThat(job.path("Attempt").asInt()).isEqualTo(1);
        assertThat(job.path("PilotStamp").asText()).isEqualTo(stamp);
        await().atMost(LONG)
                .until(() -> alice.get("/api/pilots/" + stamp + "/output").status() == 200);
    }

    @Test
    void aHostWithAnotherKeyIsNotTalkedTo() {
        long id = submit("impostor", "Executable = \"/bin/true\";").get(0);
        awaitInLog("is not trusted: the key that it shows, SHA256:");
        JobsHttpIT.status(alice, id, "Killed", "Marked for termination");
    }

    @Test
    void aKeyThatIsNotAcceptedIsNamed() {
        long id = submit("stranger", "Executable = \"/bin/true\";").get(0);
        awaitInLog("does not accept the key " + directory.resolve("sshd/hostkey"));
        JobsHttpIT.status(alice, id, "Killed", "Marked for termination");
    }

    private static void awaitInLog(String words) {
        Path log = system.directory().resolve("server/log/console.log");
        await(words).atMost(LONG).until(() -> Files.readString(log).contains(words));
    }

    private static List<Long> submit(String ce, String jdl) {
        return JobsHttpIT.ids(alice.post(
                "/api/jobs/jdl",
                JobsHttpIT.jdls(
                        jdl + " Site = \"DIRAC." + ce + ".test\"; StdOutput = \"std.out\"; StdError = \"std.err\";")));
    }

    private static JsonNode awaitStatus(long id, String status) {
        return await("job " + id + " becomes " + status).atMost(LONG).until(() -> JobsHttpIT.job(alice, id), job -> {
            String now = job.path("Status").asText();
            if (!now.equals(status) && List.of("Done", "Failed", "Killed").contains(now)) {
                throw new AssertionError("job " + id + " ended otherwise: " + job);
            }
            return now.equals(status);
        });
    }

    /** The process of a payload that sleeps for exactly this odd time. */
    private static Optional<ProcessHandle> payload(String seconds) {
        return ProcessHandle.allProcesses()
                .filter(process -> ProcFiles.commandLine(process.pid()).endsWith("sleep " + seconds))
                .findFirst();
    }
}
