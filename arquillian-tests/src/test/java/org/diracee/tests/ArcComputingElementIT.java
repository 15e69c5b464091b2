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

/** Jobs run by pilots at a real ARC computing element, with nothing but a token of our own, and with nothing but a proxy. */
@Tag("real")
class ArcComputingElementIT {

    private static final Duration LONG = Duration.ofMinutes(4);
    private static final String ARC = "testbed/arc.sh";
    static final String PORT = "20647";

    /** Not below a directory that is closed to the account of the jobs. */
    private static Path directory;

    private static Map<String, String> environment;
    private static RunningSystem system;
    private static Http alice;
    private static long before;

    @BeforeAll
    static void connect() throws IOException {
        RunningSystem.run(Map.of(), ARC, "install");
        directory = Files.createTempDirectory(Path.of("/var/tmp"), "dirac-arc");
        RunningSystem.run(Map.of(), "/bin/chmod", "755", directory.toString());
        GridAuthority authority = GridAuthority.in(directory.resolve("ca"), "Test CA");
        authority.user("alice");
        system = RunningSystem.up();
        environment = Map.of(
                "ARC_PORT", PORT,
                "ARC_ISSUER", system.base().toString(),
                "ARC_ISSUER_CA", system.ca().toString());
        start();
        system.credential("arc-proxy", Files.readString(authority.proxy("alice")));
        system.credential("arc-token", "eyJhbGciOiJub25lIn0.e30.");
        Path trusted = directory.resolve("trusted.pem");
        Files.writeString(
                trusted, Files.readString(system.ca()) + "\n" + Files.readString(directory.resolve("ca/ca/ca.pem")));
        alice = system.user("alice");
        ConfigurationCalls configuration = new ConfigurationCalls(system.user("root"));
        before = configuration.inForce();
        Map<String, String> options = new HashMap<>();
        ce(options, "arctoken", trusted).put("Resources/Sites/DIRAC.arctoken.test/CEs/localhost/Tag", "Token");
        ce(options, "arcproxy", trusted)
                .put("Resources/Sites/DIRAC.arcproxy.test/CEs/localhost/ProxyFile", "credential:arc-proxy");
        ce(options, "arcwrong", trusted)
                .put("Resources/Sites/DIRAC.arcwrong.test/CEs/localhost/TokenFile", "credential:arc-token");
        options.put("Systems/WorkloadManagement/Agents/SiteDirector/ReapDelay", "5");
        assertThat(configuration.commit(ConfigurationCalls.edits(options)).status())
                .isEqualTo(201);
    }

    private static void start() {
        RunningSystem.run(
                environment,
                ARC,
                "start",
                directory.resolve("arc").toString(),
                directory.resolve("ca").toString());
    }

    @AfterAll
    static void leaveNothing() {
        try {
            new ConfigurationCalls(system.user("root")).rollBack(before);
        } finally {
            RunningSystem.run(environment, ARC, "stop", directory.resolve("arc").toString());
            RunningSystem.run(Map.of(), "/bin/rm", "-rf", directory.toString());
        }
    }

    private static Map<String, String> ce(Map<String, String> options, String site, Path trusted) {
        return ce(options, site, trusted, directory.resolve("arc/tmp"));
    }

    /**
     * Describes A-REX as the computing element of a site.
     *
     * @param trusted certificates of both sides' authorities
     * @param cache of pilots' images
     */
    static Map<String, String> ce(Map<String, String> options, String site, Path trusted, Path cache) {
        String path = "Resources/Sites/DIRAC." + site + ".test/CEs/localhost/";
        options.put(path + "CEType", "AREX");
        options.put(path + "Port", PORT);
        options.put(path + "CAFile", trusted.toString());
        options.put(path + "PilotCache", cache.toString());
        String queue = path + "Queues/nordugrid-fork-fork/";
        options.put(queue + "CPUTime", "172800");
        options.put(queue + "MaxTotalJobs", "2");
        options.put(queue + "MaxWaitingJobs", "2");
        options.put(queue + "NumberOfProcessors", "1");
        options.put(queue + "IdleTimeout", "5");
        options.put(queue + "VO", "demo");
        options.put(queue + "ExtraPilotOptions", "--heartbeat 2");
        return options;
    }

    @ParameterizedTest
    @ValueSource(strings = {"arctoken", "arcproxy"})
    void aSweepRunsToItsOutputs(String site) {
        List<Long> ids = submit(
                site,
                "Parameters = 3; Executable = \"/bin/sh\"; Arguments = \"-c 'echo tile %n; id -un'\";"
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

    @Test
    void aKilledPilotLeavesATruthfulState() {
        String seconds = "600.8125";
        // where A-REX has a proxy for the pilot, which is not its jobs'
        long id = submit("arcproxy", "Executable = \"/bin/sleep\"; Arguments = \"" + seconds + "\";")
                .get(0);
        String stamp = awaitStatus(id, "Running").path("PilotStamp").asText();
        await().atMost(LONG).until(() -> payload(seconds).isPresent());
        assertThat(ProcFiles.environment(payload(seconds).orElseThrow().pid())).doesNotContain("X509_USER_PROXY");

        assertThat(system.user("root")
                        .post("/api/pilots/kill", "{\"pilot_stamps\":[\"" + stamp + "\"]}")
                        .status())
                .isEqualTo(200);

        String stamps = "{\"search\":[{\"parameter\":\"PilotStamp\",\"operator\":\"eq\",\"value\":\"" + stamp + "\"}]}";
        await().atMost(LONG).until(() -> alice.post("/api/pilots/search", stamps)
                .text()
                .contains("Killed on request. A-REX killed the job"));
        // where A-REX runs jobs as processes, it ends the first one alone
        payload(seconds).ifPresent(ProcessHandle::destroyForcibly);
    }

    @Test
    void jobsGoOnWhileTheComputingElementIsDown() {
        String seconds = "14.8125";
        long id = submit(
                        "arctoken",
                        "Executable = \"/bin/sh\"; Arguments = \"-c 'sleep " + seconds + "; echo survived'\";"
                                + " OutputSandbox = {\"std.out\"};")
                .get(0);
        String stamp = awaitStatus(id, "Running").path("PilotStamp").asText();
        await().atMost(LONG).until(() -> payload(seconds).isPresent());

        RunningSystem.run(environment, ARC, "kill", directory.resolve("arc").toString());
        await().atMost(LONG).until(() -> payload(seconds).isEmpty());
        start();

        JsonNode job = awaitStatus(id, "Done");
        assertThat(job.path("Attempt").asInt()).isEqualTo(1);
        assertThat(job.path("PilotStamp").asText()).isEqualTo(stamp);
        await().atMost(LONG)
                .until(() -> alice.get("/api/pilots/" + stamp + "/output").status() == 200);
    }

    @Test
    void aTokenThatIsNotTrustedIsNamed() {
        long id = submit("arcwrong", "Executable = \"/bin/true\";").get(0);
        Path log = system.directory().resolve("server/log/console.log");
        String words = "localhost:" + PORT + " does not let us in (403): it does not trust the token of ";
        await(words).atMost(LONG).until(() -> Files.readString(log).contains(words));
        assertThat(log).content().doesNotContain("eyJhbGciOiJub25lIn0");
        JobsHttpIT.status(alice, id, "Killed", "Marked for termination");
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
