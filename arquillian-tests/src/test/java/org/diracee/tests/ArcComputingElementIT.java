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
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Jobs run by pilots at two real ARC computing elements, of which one runs them as processes and the other in Slurm: with nothing but a
 * token of our own, nothing but a proxy, and a proxy that counts by its VOMS attribute alone.
 */
@Tag("real")
class ArcComputingElementIT {

    private static final Duration LONG = Duration.ofMinutes(4);
    private static final String SLURM = "testbed/slurm.sh";
    private static final Map<String, String> SLURM_PORT = Map.of("SLURM_PORT", SshComputingElementIT.SLURM_PORT);

    /** Not below a directory that is closed to the account of the jobs. */
    private static Path directory;

    private static Arex forking;
    private static Arex batch;
    private static RunningSystem system;
    private static Http alice;
    private static long before;

    /** All at the same time, by site. */
    private static final Map<String, List<Long>> SWEEPS = new HashMap<>();

    @BeforeAll
    static void connect() throws IOException {
        Arex.install();
        RunningSystem.run(Map.of(), SLURM, "install");
        directory = Files.createTempDirectory(Path.of("/var/tmp"), "dirac-arc");
        RunningSystem.run(Map.of(), "/bin/chmod", "755", directory.toString());
        Path ca = directory.resolve("ca");
        GridAuthority authority = GridAuthority.in(ca, "Test CA");
        authority.user("alice");
        authority.user("vera");
        authority.trustVomsServer("demo");
        system = RunningSystem.up();
        RunningSystem.run(SLURM_PORT, SLURM, "start", directory.resolve("slurm").toString());
        forking = Arex.ofProcesses(directory.resolve("arc"), ca, system);
        batch = Arex.overSlurm(directory.resolve("arc-slurm"), ca, system, directory.resolve("slurm"));
        both(Arex::start);
        system.credential("arc-proxy", Files.readString(authority.proxy("alice")));
        system.credential("arc-voms", Files.readString(authority.voms("vera", "demo", "/demo/Role=pilot")));
        system.credential("arc-token", "eyJhbGciOiJub25lIn0.e30.");
        Path trusted = directory.resolve("trusted.pem");
        Files.writeString(trusted, Files.readString(system.ca()) + "\n" + Files.readString(ca.resolve("ca/ca.pem")));
        alice = system.user("alice");
        ConfigurationCalls configuration = new ConfigurationCalls(system.user("root"));
        before = configuration.inForce();
        Map<String, String> options = new HashMap<>();
        forking.describe(options, "arctoken", "demo", trusted).put(Arex.path("arctoken") + "Tag", "Token");
        forking.describe(options, "arcproxy", "demo", trusted)
                .put(Arex.path("arcproxy") + "ProxyFile", "credential:arc-proxy");
        forking.describe(options, "arcwrong", "demo", trusted)
                .put(Arex.path("arcwrong") + "TokenFile", "credential:arc-token");
        batch.describe(options, "arcslurm", "demo", trusted).put(Arex.path("arcslurm") + "Tag", "Token");
        batch.describe(options, "arcvoms", "demo", trusted)
                .put(Arex.path("arcvoms") + "ProxyFile", "credential:arc-voms");
        options.put("Systems/WorkloadManagement/Agents/SiteDirector/ReapDelay", "5");
        assertThat(configuration.commit(ConfigurationCalls.edits(options)).status())
                .isEqualTo(201);
        for (String site : List.of("arctoken", "arcproxy", "arcslurm", "arcvoms")) {
            SWEEPS.put(
                    site,
                    submit(
                            site,
                            "Parameters = 3; Executable = \"/bin/sh\"; Arguments = \"-c 'echo tile %n; id -un'\";"
                                    + " OutputSandbox = {\"std.out\"};"));
        }
    }

    @AfterAll
    static void leaveNothing() {
        try {
            new ConfigurationCalls(system.user("root")).rollBack(before);
        } finally {
            both(Arex::stop);
            RunningSystem.run(
                    SLURM_PORT, SLURM, "stop", directory.resolve("slurm").toString());
            RunningSystem.run(Map.of(), "/bin/rm", "-rf", directory.toString());
        }
    }

    private static void both(Consumer<Arex> action) {
        Stream.of(forking, batch).parallel().forEach(action);
    }

    @ParameterizedTest
    @ValueSource(strings = {"arctoken", "arcproxy", "arcslurm", "arcvoms"})
    void aSweepRunsToItsOutputs(String site) {
        for (long id : SWEEPS.get(site)) {
            String stamp = awaitStatus(id, "Done").path("PilotStamp").asText();
            assertThat(alice.get("/api/jobs/" + id + "/sandbox/output").text()).contains("sha256:");
            assertThat(JobsHttpIT.job(alice, id).path("Parameters").toString()).contains("gridtest");
            // what the pilot wrote comes when it has ended
            await().atMost(LONG)
                    .until(() -> alice.get("/api/pilots/" + stamp + "/output").status() == 200);
            assertThat(alice.get("/api/pilots/" + stamp + "/output").text()).contains("job " + id);
        }
    }

    @Test
    void aTokenAloneTakesAJobToItsOutput() throws IOException {
        CommandLine.of(system, "alice").takesAJobToItsOutput("arctoken");
    }

    @Test
    void aKilledPilotLeavesATruthfulState() {
        String seconds = "600.8125";
        // where A-REX has a proxy for the pilot, which is not its jobs'
        long id = submit("arcproxy", "Executable = \"/bin/sleep\"; Arguments = \"" + seconds + "\";")
                .get(0);
        String stamp = awaitStatus(id, "Running").path("PilotStamp").asText();
        await().atMost(LONG).until(() -> payload(seconds).isPresent());
        assertThat(ProcFiles.environment(payload(seconds).orElseThrow().pid())).doesNotContain("X509_USER_PROXY");

        kill(stamp);

        await().atMost(LONG).until(() -> pilot(stamp).text().contains("Killed on request. A-REX killed the job"));
        // where A-REX runs jobs as processes, it ends the first one alone
        payload(seconds).ifPresent(ProcessHandle::destroyForcibly);
    }

    @Test
    void aPilotThatIsKilledInSlurmEndsItsJobThatIgnoresTheRequestAndItsDaemon() {
        long id = submit(
                        "arcslurm",
                        "Executable = \"/bin/sh\"; Arguments = \"-c 'trap \\\"\\\" TERM; setsid sleep 620.8125 & sleep 621.8125;"
                                + " sleep 622.8125'\";")
                .get(0);
        String stamp = awaitStatus(id, "Running").path("PilotStamp").asText();
        List<ProcessHandle> payload = Stream.of("620.8125", "621.8125")
                .map(seconds -> await().atMost(LONG).until(() -> payload(seconds), Optional::isPresent))
                .flatMap(Optional::stream)
                .toList();

        kill(stamp);

        await().atMost(LONG).until(() -> payload.stream().noneMatch(ProcessHandle::isAlive));
        // it had the time to end in order and to give the job back, which another may have begun anew
        await().atMost(LONG)
                .until(() -> pilot(stamp).json().path(0).path("Status").asText(), "Done"::equals);
        JobsHttpIT.status(alice, id, "Killed", "Marked for termination");
    }

    @Test
    void jobsGoOnWhileTheirComputingElementsAreDown() {
        Map<String, String> sites = Map.of("arctoken", "14.8125", "arcslurm", "15.8125");
        Map<String, Long> ids = new HashMap<>();
        sites.forEach((site, seconds) -> ids.put(
                site,
                submit(
                                site,
                                "Executable = \"/bin/sh\"; Arguments = \"-c 'sleep " + seconds
                                        + "; echo survived'\"; OutputSandbox = {\"std.out\"};")
                        .get(0)));
        Map<String, String> stamps = new HashMap<>();
        sites.forEach((site, seconds) -> {
            stamps.put(
                    site,
                    awaitStatus(ids.get(site), "Running").path("PilotStamp").asText());
            await().atMost(LONG).until(() -> payload(seconds).isPresent());
        });

        both(Arex::kill);
        sites.values().forEach(seconds -> await().atMost(LONG)
                .until(() -> payload(seconds).isEmpty()));
        both(Arex::start);

        stamps.forEach((site, stamp) -> {
            JsonNode job = awaitStatus(ids.get(site), "Done");
            assertThat(job.path("Attempt").asInt()).as(site).isEqualTo(1);
            assertThat(job.path("PilotStamp").asText()).as(site).isEqualTo(stamp);
            await().atMost(LONG)
                    .until(() -> alice.get("/api/pilots/" + stamp + "/output").status() == 200);
        });
    }

    @Test
    void aTokenThatIsNotTrustedIsNamed() {
        long id = submit("arcwrong", "Executable = \"/bin/true\";").get(0);
        Path log = system.directory().resolve("server/log/console.log");
        String words = "localhost:" + forking.port() + " does not let us in (403): it does not trust the token of ";
        await(words).atMost(LONG).until(() -> Files.readString(log).contains(words));
        assertThat(log).content().doesNotContain("eyJhbGciOiJub25lIn0");
        JobsHttpIT.status(alice, id, "Killed", "Marked for termination");
    }

    private static void kill(String stamp) {
        assertThat(system.user("root")
                        .post("/api/pilots/kill", "{\"pilot_stamps\":[\"" + stamp + "\"]}")
                        .status())
                .isEqualTo(200);
    }

    private static Answer pilot(String stamp) {
        return alice.post(
                "/api/pilots/search",
                "{\"search\":[{\"parameter\":\"PilotStamp\",\"operator\":\"eq\",\"value\":\"" + stamp + "\"}]}");
    }

    private static List<Long> submit(String site, String jdl) {
        return JobsHttpIT.ids(alice.post(
                "/api/jobs/jdl",
                JobsHttpIT.jdls(jdl + " Site = \"DIRAC." + site
                        + ".test\"; StdOutput = \"std.out\"; StdError = \"std.err\";")));
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
