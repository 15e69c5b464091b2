/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.tests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
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

/**
 * Jobs pushed to worker nodes without network: pilots run in a network namespace of their own with nothing in it, on this machine and
 * in a real Slurm that is reached by a real sshd.
 */
@Tag("real")
class PushedJobsIT {

    private static final Duration LONG = Duration.ofMinutes(4);
    private static final String SSHD = "testbed/sshd.sh";
    private static final String SLURM = "testbed/slurm.sh";
    private static final String SLURM_PORT = "20967";
    private static final String SSH_PORT = "20172";

    /** In place of the pilot's own starter: no network but a loopback that is down. */
    private static final String UNPLUGGED = """
            #!/bin/sh
            exec unshare --map-root-user --net "$(dirname -- "$0")/plugged" "$@"
            """;

    /** Ends well only where there is no network interface but the loopback, and with the right input sandbox. */
    private static final String SEES_ONLY_ITS_INPUT =
            "grep -v lo: /proc/net/dev | grep : && exit 9; grep -x through words";

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
        directory = Files.createTempDirectory(Path.of("/var/tmp"), "dirac-push");
        RunningSystem.run(Map.of(), "/bin/chmod", "755", directory.toString());
        Path shared = Files.createDirectory(directory.resolve("commands"));
        RunningSystem.run(Map.of(), "/bin/chmod", "777", shared.toString());
        Path image = directory.resolve("image");
        Path root = Path.of(System.getProperty("project.root", ".."));
        RunningSystem.run(
                Map.of(),
                "/bin/cp",
                "-a",
                root.resolve("pilot/target/pilot-image").toString(),
                image.toString());
        Files.move(image.resolve("bin/dirac-pilot"), image.resolve("bin/plugged"));
        Files.writeString(image.resolve("bin/dirac-pilot"), UNPLUGGED);
        RunningSystem.run(
                Map.of(), "/bin/chmod", "755", image.resolve("bin/dirac-pilot").toString());
        sshd = directory.resolve("sshd").toString();
        environment = Map.of(
                "SSHD_PORT",
                SSH_PORT,
                "SLURM_PORT",
                SLURM_PORT,
                "SSHD_ENVIRONMENT",
                "SLURM_CONF=" + directory.resolve("slurm/slurm.conf") + " PATH=/usr/local/bin:/usr/bin:/bin");
        RunningSystem.run(
                environment, SLURM, "start", directory.resolve("slurm").toString());
        RunningSystem.run(environment, SSHD, "start", sshd);
        system = RunningSystem.up();
        alice = system.user("alice");
        ConfigurationCalls configuration = new ConfigurationCalls(system.user("root"));
        before = configuration.inForce();
        Map<String, String> options = new HashMap<>();
        options.put("Systems/WorkloadManagement/Agents/SiteDirector/ReapDelay", "3");
        SshComputingElementIT.ce(
                options,
                "pushed",
                "SLURM",
                directory.resolve("sshd/known_hosts"),
                directory.resolve("sshd/id"),
                shared.resolve("shared"));
        options.put("Resources/Sites/DIRAC.pushed.test/CEs/pushed/SSHPort", SSH_PORT);
        String local = "Resources/Sites/DIRAC.unplugged.test/CEs/unplugged/";
        options.put(local + "CEType", "Local");
        String queue = local + "Queues/debug/";
        options.put(queue + "CPUTime", "100000");
        options.put(queue + "MaxTotalJobs", "2");
        options.put(queue + "MaxWaitingJobs", "2");
        options.put(queue + "VO", "demo");
        options.put(queue + "ExtraPilotOptions", "--heartbeat 2 --kill-grace 2");
        for (String ce : List.of(local, "Resources/Sites/DIRAC.pushed.test/CEs/pushed/")) {
            options.put(ce + "Mode", "Push");
            options.put(ce + "PilotImage", image.toString());
        }
        String cloud = "Resources/Sites/DIRAC.unpushable.test/CEs/unpushable/";
        options.put(cloud + "CEType", "Cloud");
        options.put(cloud + "Mode", "Push");
        options.put(cloud + "Queues/debug/VO", "demo");
        assertThat(configuration.commit(ConfigurationCalls.edits(options)).status())
                .isEqualTo(201);
    }

    @AfterAll
    static void leaveNothing() {
        try {
            system.recover();
            new ConfigurationCalls(system.user("root")).rollBack(before);
        } finally {
            RunningSystem.run(
                    environment, SLURM, "stop", directory.resolve("slurm").toString());
            RunningSystem.run(environment, SSHD, "stop", sshd);
            RunningSystem.run(Map.of(), "/bin/rm", "-rf", directory.toString());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"unplugged", "pushed"})
    void aJobGoesOutWithItsInputAndComesBackWithItsOutput(String ce) throws IOException {
        String input = SandboxesHttpIT.upload(alice, sandbox("words", "through\n"));
        long id = submit(
                ce,
                "Executable = \"/bin/sh\"; Arguments = \"-c '" + SEES_ONLY_ITS_INPUT + "'\"; InputSandbox = {\"" + input
                        + "\"}; OutputSandbox = {\"std.out\"};");

        JsonNode job = awaitStatus(id, "Done");

        assertThat(job.path("MinorStatus").asText()).isEqualTo("Execution Complete");
        assertThat(alice.get("/api/jobs/" + id + "/sandbox/output").text()).contains("sha256:");
        String log = alice.get("/api/jobs/" + id + "/log").text();
        assertThat(log).contains("Waiting in the batch queue of the site", "Application Finished Successfully");
        String stamp = job.path("PilotStamp").asText();
        await().atMost(LONG).untilAsserted(() -> assertThat(pilot(stamp)).contains("\"Status\":\"Done\""));
        assertThat(alice.get("/api/pilots/" + stamp + "/log").text()).contains("job " + id);
        await().atMost(LONG)
                .until(() -> alice.get("/api/pilots/" + stamp + "/output").status() == 200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"unplugged", "pushed"})
    void aFailureTellsItsTrueReason(String ce) {
        long id = submit(ce, "Executable = \"/bin/sh\"; Arguments = \"-c 'echo no such detector >&2; exit 42'\";");

        JsonNode job = awaitStatus(id, "Failed");

        assertThat(job.path("MinorStatus").asText()).isEqualTo("Application Finished With Errors");
        assertThat(job.path("ApplicationStatus").asText()).contains("42");
        assertThat(job.path("Parameters").toString()).contains("no such detector");
    }

    @ParameterizedTest
    @ValueSource(strings = {"unplugged", "pushed"})
    void aJobThatIsKilledWhileItRunsEnds(String ce) {
        String seconds = ce.equals("pushed") ? "700.25" : "701.25";
        long id = submit(ce, "Executable = \"/bin/sleep\"; Arguments = \"" + seconds + "\";");
        awaitStatus(id, "Running");
        await().atMost(LONG).until(() -> payload(seconds).isPresent());

        assertThat(JobsHttpIT.status(alice, id, "Killed", "Marked for termination")
                        .status())
                .isEqualTo(200);

        await().atMost(LONG).until(() -> payload(seconds).isEmpty());
        assertThat(JobsHttpIT.job(alice, id).path("Status").asText()).isEqualTo("Killed");
    }

    @Test
    void jobsEndWhileTheHostAndTheServerAreAwayAndNothingIsLost() {
        long pushed = submit("pushed", "Executable = \"/bin/sleep\"; Arguments = \"9.75\";");
        long local = submit("unplugged", "Executable = \"/bin/sleep\"; Arguments = \"9.5\";");
        await().atMost(LONG)
                .until(() -> payload("9.75").isPresent() || payload("9.5").isPresent());
        awaitStatus(pushed, "Running");
        awaitStatus(local, "Running");

        RunningSystem.run(environment, SSHD, "kill", sshd);
        system.killServer();
        await().atMost(LONG)
                .until(() -> payload("9.75").isEmpty() && payload("9.5").isEmpty());
        system.startServer();
        awaitStatus(local, "Done");
        RunningSystem.run(environment, SSHD, "start", sshd);

        JsonNode job = awaitStatus(pushed, "Done");
        assertThat(job.path("Attempt").asInt()).isEqualTo(1);
    }

    @Test
    void aTestOfTheQueueComesToItsEnd() {
        Http root = system.user("root");
        long test = root.post("/api/resources/tests", "{\"site\":\"DIRAC.unplugged.test\"}")
                .json()
                .get(0)
                .path("id")
                .asLong();

        JsonNode ended = await().atMost(LONG)
                .until(() -> root.get("/api/resources/tests/" + test).json(), known -> known.hasNonNull("ended"));

        assertThat(ended.path("failure").asText("")).as(ended.toString()).isEmpty();
    }

    @Test
    void aComputingElementThatCannotPushSaysSo() {
        await().atMost(LONG).until(() -> system.user("root")
                .get("/api/resources/sites/DIRAC.unpushable.test/ces/unpushable")
                .text()
                .contains("CEType Cloud cannot push"));
    }

    /** A sandbox with one short file, its bytes as they are in a single block. */
    private static byte[] sandbox(String name, String content) throws IOException {
        Path files = Files.createTempDirectory(directory, "input");
        Files.writeString(files.resolve(name), content);
        RunningSystem.run(Map.of(), "/bin/tar", "-cf", files.resolve("tar").toString(), "-C", files.toString(), name);
        byte[] tar = Files.readAllBytes(files.resolve("tar"));
        ByteBuffer frame = ByteBuffer.allocate(tar.length + 12).order(ByteOrder.LITTLE_ENDIAN);
        frame.putInt(0xFD2FB528).put((byte) 0xA0).putInt(tar.length);
        int block = tar.length << 3 | 1;
        return frame.put((byte) block)
                .put((byte) (block >> 8))
                .put((byte) (block >> 16))
                .put(tar)
                .array();
    }

    private static String pilot(String stamp) {
        return system.user("root")
                .post(
                        "/api/pilots/search",
                        "{\"search\":[{\"parameter\":\"PilotStamp\",\"operator\":\"eq\",\"value\":\"" + stamp + "\"}]}")
                .text();
    }

    private static long submit(String ce, String jdl) {
        return JobsHttpIT.ids(alice.post(
                        "/api/jobs/jdl",
                        JobsHttpIT.jdls(jdl + " Site = \"DIRAC." + ce
                                + ".test\"; StdOutput = \"std.out\"; StdError = \"std.err\";")))
                .get(0);
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
                .filter(process -> List.of("sleep " + seconds, "/bin/sleep " + seconds)
                        .contains(ProcFiles.commandLine(process.pid())))
                .findFirst();
    }
}
