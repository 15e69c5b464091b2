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
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Jobs run by pilots on the account of another host, this one, by a real sshd: on the host itself, in a real Slurm, and in a real Grid
 * Engine. Most tests try the first two at the same time.
 */
@Tag("real")
class SshComputingElementIT {

    private static final Duration LONG = Duration.ofMinutes(2);
    private static final String SSHD = "testbed/sshd.sh";
    private static final String SLURM = "testbed/slurm.sh";
    private static final String GRID_ENGINE = "testbed/gridengine.sh";

    static final String SSH_PORT = FreePorts.one();
    static final String SLURM_PORT = FreePorts.row(41); // one for each of its nodes

    /** By default jobs ask for a day. */
    private static final String QUEUE_LENGTH = "100000";

    /** The real sbatch, which waits with the jobs of one computing element while a file is there. */
    private static final String SBATCH = """
            #!/bin/sh
            case $* in
                *--comment=held*)
                    touch "$(dirname "$0")/asked"
                    while [ -e "$(dirname "$0")/hold" ]; do sleep 0.1; done
                    ;;
            esac
            exec /usr/bin/sbatch "$@"
            """;

    /** Not below a directory that is closed to the account of the jobs. */
    private static Path directory;

    /** On the account's search path, and everybody's to write. */
    private static Path commands;

    private static String sshd;
    private static Map<String, String> environment;
    private static RunningSystem system;
    private static Http alice;
    private static long before;

    /** How much the server had logged for other suites. */
    private static int logged;

    @BeforeAll
    static void connect() throws IOException {
        RunningSystem.run(Map.of(), SSHD, "install");
        RunningSystem.run(Map.of(), SLURM, "install");
        RunningSystem.run(Map.of(), GRID_ENGINE, "install");
        directory = Files.createTempDirectory(Path.of("/var/tmp"), "dirac-ssh");
        RunningSystem.run(Map.of(), "/bin/chmod", "755", directory.toString());
        commands = Files.createDirectory(directory.resolve("commands"));
        Files.writeString(commands.resolve("sbatch"), SBATCH);
        RunningSystem.run(Map.of(), "/bin/chmod", "-R", "777", commands.toString());
        sshd = directory.resolve("sshd").toString();
        environment = Map.of(
                "SSHD_PORT",
                SSH_PORT,
                "SLURM_PORT",
                SLURM_PORT,
                "SSHD_ENVIRONMENT",
                "SLURM_CONF=" + directory.resolve("slurm/slurm.conf") + " PATH=" + commands + ":"
                        + directory.resolve("ge/bin") + ":/usr/local/bin:/usr/bin:/bin");
        RunningSystem.run(
                environment, SLURM, "start", directory.resolve("slurm").toString());
        RunningSystem.run(
                Map.of(), GRID_ENGINE, "start", directory.resolve("ge").toString());
        RunningSystem.run(environment, SSHD, "start", sshd);
        Files.writeString(
                directory.resolve("other_hosts"),
                "[127.0.0.1]:" + SSH_PORT + " " + Files.readString(directory.resolve("sshd/id.pub")));
        system = RunningSystem.up();
        logged = wholeLog().length();
        alice = system.user("alice");
        ConfigurationCalls configuration = new ConfigurationCalls(system.user("root"));
        before = configuration.inForce();
        Map<String, String> options = new HashMap<>();
        // a pilot that says itself that it is done is asked for its output then
        options.put("Systems/WorkloadManagement/Agents/SiteDirector/ReapDelay", "3");
        ce(options, "host", "Host", "sshd/known_hosts", "sshd/id");
        ce(options, "slurm", "SLURM", "sshd/known_hosts", "sshd/id");
        ce(options, "ge", "GE", "sshd/known_hosts", "sshd/id");
        ce(options, "held", "SLURM", "sshd/known_hosts", "sshd/id");
        options.put("Resources/Sites/DIRAC.held.test/CEs/held/SubmitOptions", "--comment=held");
        // its payload writes outside its directory
        options.put(
                "Resources/Sites/DIRAC.held.test/CEs/held/Queues/debug/ExtraPilotOptions",
                "--heartbeat 2 --kill-grace 2 --inner-ce InProcess");
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
            RunningSystem.run(
                    Map.of(), GRID_ENGINE, "stop", directory.resolve("ge").toString());
            RunningSystem.run(environment, SSHD, "stop", sshd);
            RunningSystem.run(Map.of(), "/bin/rm", "-rf", directory.toString());
        }
    }

    private static void ce(
            Map<String, String> options, String name, String batchSystem, String knownHosts, String key) {
        ce(
                options,
                name,
                batchSystem,
                directory.resolve(knownHosts),
                directory.resolve(key),
                commands.resolve("shared"));
    }

    /** Describes a computing element of the testbed's sshd. */
    static void ce(
            Map<String, String> options, String name, String batchSystem, Path knownHosts, Path key, Path shared) {
        String path = "Resources/Sites/DIRAC." + name + ".test/CEs/" + name + "/";
        options.put(path + "CEType", "SSH");
        options.put(path + "BatchSystem", batchSystem);
        options.put(path + "SSHHost", "127.0.0.1");
        options.put(path + "SSHPort", SSH_PORT);
        options.put(path + "SSHUser", "gridtest");
        options.put(path + "SSHKey", key.toString());
        options.put(path + "SSHKnownHosts", knownHosts.toString());
        options.put(path + "SharedArea", shared.toString());
        String queue = path + "Queues/debug/";
        options.put(queue + "CPUTime", QUEUE_LENGTH);
        options.put(queue + "MaxTotalJobs", "2");
        options.put(queue + "MaxWaitingJobs", "2");
        options.put(queue + "NumberOfProcessors", "1");
        options.put(queue + "IdleTimeout", "5");
        options.put(queue + "VO", "demo");
        options.put(queue + "ExtraPilotOptions", "--heartbeat 2 --kill-grace 2");
    }

    @Test
    void aSweepRunsToItsOutputs() throws IOException {
        Map<String, List<Long>> sweeps = new LinkedHashMap<>();
        for (String ce : List.of("host", "slurm", "ge")) {
            sweeps.put(
                    ce,
                    submit(
                            ce,
                            "Parameters = 4; Executable = \"/bin/sh\"; Arguments = \"-c 'echo tile %n; id -un'\";"
                                    + " OutputSandbox = {\"std.out\"};"));
        }

        Set<String> stamps = new HashSet<>();
        for (long id : sweeps.values().stream().flatMap(List::stream).toList()) {
            String stamp = awaitStatus(id, "Done").path("PilotStamp").asText();
            assertThat(alice.get("/api/jobs/" + id + "/sandbox/output").text()).contains("sha256:");
            assertThat(JobsHttpIT.job(alice, id).path("Parameters").toString()).contains("gridtest");
            awaitOutput(stamp);
            stamps.add(stamp);
            assertThat(alice.get("/api/pilots/" + stamp + "/output").text()).contains("job " + id);
        }
        await().atMost(LONG).untilAsserted(() -> assertThat(pilotsKept()).doesNotContainAnyElementsOf(stamps));
        // all wanted it at the same moment, and share an area
        assertThat(log()).containsOnlyOnce("DIRACWMS-0563");
    }

    @Test
    void aTestOfTheirQueuesGoesWell() {
        CeJobs.passesTheTest(system, "host");
        CeJobs.passesTheTest(system, "slurm");
    }

    @Test
    void aKilledPilotLeavesATruthfulStateAndNoProcess() {
        Both jobs = Both.submit("exec sleep 60%d.25", "Running");
        jobs.awaitPayloads("sleep 60%d.25");
        jobs.payloads("sleep 60%d.25").forEach(payload -> assertThat(ProcFiles.environment(payload.pid()))
                .doesNotContainIgnoringCase("secret"));

        String stamps = "\"" + jobs.host().stamp() + "\",\"" + jobs.slurm().stamp() + "\"";
        assertThat(system.user("root")
                        .post("/api/pilots/kill", "{\"pilot_stamps\":[" + stamps + "]}")
                        .status())
                .isEqualTo(200);

        jobs.awaitNoPayloads("sleep 60%d.25");
        // a pilot that is asked to end gives its job back; nobody wants it any more
        jobs.kill();
    }

    @Test
    void aPilotThatGridEngineEndsLeavesNoProcess() {
        long id = submit("ge", sh("setsid sleep 651.25 & exec sleep 652.25")).get(0);
        String stamp = awaitStatus(id, "Running").path("PilotStamp").asText();
        List<ProcessHandle> payload = Stream.of("sleep 651.25", "sleep 652.25")
                .flatMap(command ->
                        await().atMost(LONG).until(() -> CeJobs.processes(command), found -> !found.isEmpty()).stream())
                .toList();

        assertThat(system.user("root")
                        .post("/api/pilots/kill", "{\"pilot_stamps\":[\"" + stamp + "\"]}")
                        .status())
                .isEqualTo(200);

        await().atMost(LONG).until(() -> payload.stream().noneMatch(ProcessHandle::isAlive));
        kill(id);
    }

    @Test
    void aKilledJobThatIgnoresTheRequestEndsAndSoDoItsDaemons() {
        Both jobs = Both.submit(
                "trap \\\"\\\" TERM; setsid sleep 61%d.25 & setsid sleep 62%d.25 & sleep 63%d.25", "Running");
        List.of("sleep 61%d.25", "sleep 62%d.25", "sleep 63%d.25").forEach(jobs::awaitPayloads);

        jobs.kill();

        List.of("sleep 61%d.25", "sleep 62%d.25", "sleep 63%d.25").forEach(jobs::awaitNoPayloads);
        for (Submitted job : List.of(jobs.host(), jobs.slurm())) {
            assertThat(JobsHttpIT.job(alice, job.id()).path("Status").asText()).isEqualTo("Killed");
        }
    }

    @Test
    void aJobThatEndsLeavesNoDaemonBehind() {
        Both jobs = Both.submit("setsid sleep 64%d.25 < /dev/null > /dev/null 2>&1 & sleep 1", "Done");

        jobs.awaitNoPayloads("sleep 64%d.25");
    }

    @Test
    void jobsGoOnWhileTheHostCannotBeReached() {
        Both jobs = Both.submit("sleep 1%d.75; echo survived", "Running");
        jobs.awaitPayloads("sleep 1%d.75");

        RunningSystem.run(environment, SSHD, "kill", sshd);
        jobs.awaitNoPayloads("sleep 1%d.75");
        RunningSystem.run(environment, SSHD, "start", sshd);

        for (Submitted job : List.of(jobs.host(), jobs.slurm())) {
            JsonNode done = awaitStatus(job.id(), "Done");
            assertThat(done.path("Attempt").asInt()).isEqualTo(1);
            assertThat(done.path("PilotStamp").asText()).isEqualTo(job.stamp());
            awaitOutput(job.stamp());
        }
    }

    @Test
    void aJobIsNeitherLostNorRunTwiceIfTheConnectionBreaksDuringASubmission() throws IOException {
        Path ran = commands.resolve("ran");
        Files.createFile(commands.resolve("hold"));
        long id = submit("held", sh("echo it >> " + ran)).get(0);
        await().atMost(LONG).until(() -> Files.exists(commands.resolve("asked")));

        RunningSystem.run(environment, SSHD, "kill", sshd);
        awaitInLog("DIRACWMS-0562");
        Files.delete(commands.resolve("hold"));
        // the batch system takes the pilot although nobody hears of it
        JsonNode job = awaitStatus(id, "Done");
        RunningSystem.run(environment, SSHD, "start", sshd);

        assertThat(job.path("Attempt").asInt()).isEqualTo(1);
        assertThat(log()).contains("Whether pilot " + job.path("PilotStamp").asText() + " was taken");
        assertThat(Files.readString(ran)).isEqualTo("it\n");
    }

    @Test
    void aHostWithAnotherKeyIsNotTalkedTo() {
        long id = submit("impostor", "Executable = \"/bin/true\";").get(0);
        awaitInLog("is not trusted: the key that it shows, SHA256:");
        kill(id);
    }

    @Test
    void aKeyThatIsNotAcceptedIsNamed() {
        long id = submit("stranger", "Executable = \"/bin/true\";").get(0);
        awaitInLog("does not accept the key " + directory.resolve("sshd/hostkey"));
        kill(id);
    }

    /** Whose directories are there yet. */
    private static List<String> pilotsKept() throws IOException {
        try (Stream<Path> kept = Files.list(commands.resolve("shared/pilots"))) {
            return kept.map(pilot -> pilot.getFileName().toString()).toList();
        }
    }

    private static String log() throws IOException {
        return wholeLog().substring(logged);
    }

    private static String wholeLog() throws IOException {
        return Files.readString(system.directory().resolve("server/log/console.log"));
    }

    private static void awaitInLog(String words) {
        await(words).atMost(LONG).until(() -> log().contains(words));
    }

    /** What a pilot wrote comes when it has ended. */
    private static void awaitOutput(String stamp) {
        await("output of pilot " + stamp)
                .atMost(LONG)
                .until(() -> alice.get("/api/pilots/" + stamp + "/output").status() == 200);
    }

    private static String sh(String script) {
        return "Executable = \"/bin/sh\"; Arguments = \"-c '" + script + "'\"; OutputSandbox = {\"std.out\"};";
    }

    private static List<Long> submit(String ce, String jdl) {
        return JobsHttpIT.ids(alice.post(
                "/api/jobs/jdl",
                JobsHttpIT.jdls(
                        jdl + " Site = \"DIRAC." + ce + ".test\"; StdOutput = \"std.out\"; StdError = \"std.err\";")));
    }

    private static void kill(long id) {
        assertThat(JobsHttpIT.status(alice, id, "Killed", "Marked for termination")
                        .status())
                .isEqualTo(200);
    }

    private static JsonNode awaitStatus(long id, String status) {
        return CeJobs.awaitStatus(alice, id, status);
    }

    private record Submitted(long id, String stamp) {}

    /** The same job on the host and in Slurm; a digit tells the processes of one from those of the other. */
    private record Both(Submitted host, Submitted slurm) {

        static Both submit(String script, String status) {
            long onHost = SshComputingElementIT.submit("host", sh(script.replace("%d", "1")))
                    .get(0);
            long inSlurm = SshComputingElementIT.submit("slurm", sh(script.replace("%d", "2")))
                    .get(0);
            return new Both(
                    new Submitted(
                            onHost,
                            awaitStatus(onHost, status).path("PilotStamp").asText()),
                    new Submitted(
                            inSlurm,
                            awaitStatus(inSlurm, status).path("PilotStamp").asText()));
        }

        void kill() {
            SshComputingElementIT.kill(host.id());
            SshComputingElementIT.kill(slurm.id());
        }

        List<ProcessHandle> payloads(String command) {
            return List.of("1", "2").stream()
                    .map(digit -> command.replace("%d", digit))
                    .flatMap(wanted -> CeJobs.processes(wanted).stream())
                    .toList();
        }

        void awaitPayloads(String command) {
            await(command + " runs").atMost(LONG).until(() -> payloads(command).size() == 2);
        }

        void awaitNoPayloads(String command) {
            await(command + " ends").atMost(LONG).until(() -> payloads(command).isEmpty());
        }
    }
}
