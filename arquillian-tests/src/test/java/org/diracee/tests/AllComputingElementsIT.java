/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.tests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** 200 jobs at once at five kinds of real computing elements, of which three are killed and come back meanwhile. */
@Tag("real")
class AllComputingElementsIT {

    private static final Duration LONG = Duration.ofMinutes(8);
    private static final int JOBS = 40;
    private static final String SSHD = "testbed/sshd.sh";
    private static final String SLURM = "testbed/slurm.sh";
    private static final List<String> SITES = List.of("Local", "allhost", "allslurm", "allarc", "allarcslurm");

    /** Not below a directory that is closed to the account of the jobs. */
    private static Path directory;

    private static Map<String, String> environment;
    private static List<Arex> arexes;
    private static RunningSystem system;
    private static Http alice;
    private static long before;

    @BeforeAll
    static void connect() throws IOException {
        for (String script : List.of(SSHD, SLURM)) {
            RunningSystem.run(Map.of(), script, "install");
        }
        Arex.install();
        directory = Files.createTempDirectory(Path.of("/var/tmp"), "dirac-all");
        Path shared = Files.createDirectory(directory.resolve("shared"));
        RunningSystem.run(Map.of(), "/bin/chmod", "755", directory.toString());
        RunningSystem.run(Map.of(), "/bin/chmod", "777", shared.toString());
        Path ca = directory.resolve("ca");
        GridAuthority.in(ca, "Test CA");
        system = RunningSystem.up();
        environment = Map.of(
                "SSHD_PORT",
                SshComputingElementIT.SSH_PORT,
                "SLURM_PORT",
                SshComputingElementIT.SLURM_PORT,
                "SSHD_ENVIRONMENT",
                "SLURM_CONF=" + directory.resolve("slurm/slurm.conf"));
        Path slurm = directory.resolve("slurm");
        arexes = List.of(
                Arex.ofProcesses(directory.resolve("arc"), ca, system),
                Arex.overSlurm(directory.resolve("arc-slurm"), ca, system, slurm));
        testbed(SLURM, "start");
        testbed(SSHD, "start");
        each(Arex::start);
        Path trusted = directory.resolve("trusted.pem");
        Files.writeString(trusted, Files.readString(system.ca()) + "\n" + Files.readString(ca.resolve("ca/ca.pem")));
        alice = system.user("alice");
        ConfigurationCalls configuration = new ConfigurationCalls(system.user("root"));
        before = configuration.inForce();
        Map<String, String> options = new HashMap<>();
        Path sshd = directory.resolve("sshd");
        SshComputingElementIT.ce(
                options, "allhost", "Host", sshd.resolve("known_hosts"), sshd.resolve("id"), shared.resolve("host"));
        SshComputingElementIT.ce(
                options, "allslurm", "SLURM", sshd.resolve("known_hosts"), sshd.resolve("id"), shared.resolve("slurm"));
        arexes.get(0).describe(options, "allarc", "demo", trusted).put(Arex.path("allarc") + "Tag", "Token");
        arexes.get(1).describe(options, "allarcslurm", "demo", trusted).put(Arex.path("allarcslurm") + "Tag", "Token");
        assertThat(configuration.commit(ConfigurationCalls.edits(options)).status())
                .isEqualTo(201);
    }

    @AfterAll
    static void leaveNothing() {
        try {
            new ConfigurationCalls(system.user("root")).rollBack(before);
        } finally {
            each(Arex::stop);
            testbed(SLURM, "stop");
            testbed(SSHD, "stop");
            RunningSystem.run(Map.of(), "/bin/rm", "-rf", directory.toString());
        }
    }

    @Test
    void allJobsRunOnceToTheirOutputs(@TempDir Path scratch) throws IOException {
        Map<Long, String> expected = new LinkedHashMap<>();
        for (String site : SITES) {
            List<Long> ids = JobsHttpIT.ids(alice.post(
                    "/api/jobs/jdl",
                    JobsHttpIT.jdls("Parameters = " + JOBS
                            + "; Executable = \"/bin/sh\"; Arguments = \"-c 'echo " + site
                            + " %n; sleep 0.%n'\"; CPUTime = 100; Site = \"DIRAC." + site
                            + ".test\"; StdOutput = \"std.out\"; OutputSandbox = {\"std.out\"};")));
            for (int tile = 0; tile < JOBS; tile++) {
                expected.put(ids.get(tile), "%s %02d".formatted(site, tile));
            }
        }

        await("half of the jobs are done").atMost(LONG).until(() -> done(expected.keySet()) > expected.size() / 2);
        testbed(SSHD, "kill");
        each(Arex::kill);
        testbed(SSHD, "start");
        each(Arex::start);

        await("all jobs are done").atMost(LONG).until(() -> done(expected.keySet()) == expected.size());
        Map<String, List<Long>> byPilot = new HashMap<>();
        Set<String> sites = new TreeSet<>();
        for (Map.Entry<Long, String> job : expected.entrySet()) {
            JsonNode known = JobsHttpIT.job(alice, job.getKey());
            assertThat(known.path("Attempt").asInt()).as("%s", known).isEqualTo(1);
            sites.add(known.path("Site").asText());
            byPilot.computeIfAbsent(known.path("PilotStamp").asText(), none -> new ArrayList<>())
                    .add(job.getKey());
            assertThat(output(job.getKey(), scratch)).isEqualTo(job.getValue() + "\n");
        }
        assertThat(sites).hasSameSizeAs(SITES);
        byPilot.forEach((stamp, jobs) -> {
            String log = alice.get("/api/pilots/" + stamp + "/log?limit=10000").text();
            jobs.forEach(job -> assertThat(log).as(stamp).contains("job " + job));
        });
    }

    private static long done(Set<Long> ids) {
        JsonNode counts = alice.post(
                        "/api/jobs/summary",
                        "{\"grouping\": [\"Status\"], \"search\": [{\"parameter\": \"JobID\", \"operator\": \"in\","
                                + " \"values\": " + ids + "}]}")
                .json();
        long done = 0;
        for (JsonNode count : counts) {
            assertThat(count.path("Status").asText()).as("%s", counts).isNotIn("Failed", "Killed", "Stalled");
            done += count.path("Status").asText().equals("Done")
                    ? count.path("count").asLong()
                    : 0;
        }
        return done;
    }

    private static String output(long id, Path scratch) throws IOException {
        String pfn =
                alice.get("/api/jobs/" + id + "/sandbox/output").json().path(0).asText();
        URI link = URI.create(alice.get("/api/jobs/sandbox?pfn=" + Http.encoded(pfn))
                .json()
                .path("url")
                .asText());
        Path archive = Files.write(
                scratch.resolve(id + ".tar.zst"),
                system.anonymous().bytes(link.getRawPath() + "?" + link.getRawQuery()));
        return RunningSystem.run(Map.of(), "/usr/bin/tar", "--zstd", "-xOf", archive.toString(), "std.out");
    }

    private static void each(Consumer<Arex> action) {
        arexes.parallelStream().forEach(action);
    }

    private static void testbed(String script, String action) {
        RunningSystem.run(
                environment,
                script,
                action,
                directory
                        .resolve(script.substring(script.indexOf('/') + 1, script.indexOf('.')))
                        .toString());
    }
}
