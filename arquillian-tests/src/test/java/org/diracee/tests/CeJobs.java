/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.tests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Jobs of alice that real pilots run at one of the computing elements of a suite, each at a site {@code DIRAC.<name>.test}. */
final class CeJobs {

    private static final Duration LONG = Duration.ofMinutes(6);

    private final RunningSystem system;
    private final Http alice;

    CeJobs(RunningSystem system) {
        this.system = system;
        this.alice = system.user("alice");
    }

    /** Describes a queue for two pilots of the VO demo that end soon when there is no work. */
    static void queue(Map<String, String> options, String path) {
        options.put(path + "CPUTime", "172800");
        options.put(path + "MaxTotalJobs", "2");
        options.put(path + "MaxWaitingJobs", "2");
        options.put(path + "NumberOfProcessors", "1");
        options.put(path + "IdleTimeout", "5");
        options.put(path + "VO", "demo");
        options.put(path + "ExtraPilotOptions", "--heartbeat 2");
    }

    /** Puts these options into force, and has pilots that say themselves that they are done asked for their output soon. */
    static long commit(RunningSystem system, Map<String, String> options) {
        ConfigurationCalls configuration = new ConfigurationCalls(system.user("root"));
        long before = configuration.inForce();
        Map<String, String> all = new HashMap<>(options);
        all.put("Systems/WorkloadManagement/Agents/SiteDirector/ReapDelay", "3");
        Answer answer = configuration.commit(ConfigurationCalls.edits(all));
        assertThat(answer.status()).as(answer.toString()).isEqualTo(201);
        return before;
    }

    long submit(String ce, String jdl) {
        return JobsHttpIT.ids(alice.post(
                        "/api/jobs/jdl",
                        JobsHttpIT.jdls(jdl + " Site = \"DIRAC." + ce
                                + ".test\"; StdOutput = \"std.out\"; StdError = \"std.err\";")))
                .get(0);
    }

    JsonNode awaitStatus(long id, String status) {
        return awaitStatus(alice, id, status);
    }

    /** Waits until the job has this status; one that ends otherwise fails. */
    static JsonNode awaitStatus(Http caller, long id, String status) {
        return await("job " + id + " becomes " + status).atMost(LONG).until(() -> JobsHttpIT.job(caller, id), job -> {
            String now = job.path("Status").asText();
            if (!now.equals(status) && List.of("Done", "Failed", "Killed").contains(now)) {
                throw new AssertionError("job " + id + " ended otherwise: " + job);
            }
            return now.equals(status);
        });
    }

    /** Runs a job to its end, and waits for what its pilot wrote. */
    void runsToItsOutput(String ce) {
        long id = submit(
                ce,
                "Executable = \"/bin/sh\"; Arguments = \"-c 'echo hello from; id'\"; OutputSandbox = {\"std.out\"};");
        String stamp = awaitStatus(id, "Done").path("PilotStamp").asText();
        assertThat(alice.get("/api/jobs/" + id + "/sandbox/output").text()).contains("sha256:");
        await().atMost(LONG)
                .until(() -> alice.get("/api/pilots/" + stamp + "/output").status() == 200);
        assertThat(alice.get("/api/pilots/" + stamp + "/output").text()).contains("job " + id);
    }

    /** Tests the site's queue as its administrators do, to the end. */
    static void passesTheTest(RunningSystem system, String ce) {
        assertThat(CommandLine.of(system, "root").run("site", "test", "DIRAC." + ce + ".test"))
                .containsPattern("  ok .* computing element answers\n")
                .endsWith("All went well.\n");
    }

    /** Kills a pilot while its job runs; waits until the payload is gone. */
    void isKilled(String ce, String seconds) {
        long id = submit(ce, "Executable = \"/bin/sleep\"; Arguments = \"" + seconds + "\";");
        String stamp = awaitStatus(id, "Running").path("PilotStamp").asText();
        await().atMost(LONG).until(() -> !sleepers(seconds).isEmpty());
        List<ProcessHandle> payload = sleepers(seconds);
        assertThat(system.user("root")
                        .post("/api/pilots/kill", "{\"pilot_stamps\":[\"" + stamp + "\"]}")
                        .status())
                .isEqualTo(200);
        // the pilot gives its job back, which another may begin anew
        await().atMost(LONG).until(() -> payload.stream().noneMatch(ProcessHandle::isAlive));
        forget(id);
    }

    /** Submits a job whose pilots cannot be started, and waits until the server's log says so. */
    void failsWith(String ce, String words) {
        long id = submit(ce, "Executable = \"/bin/true\";");
        awaitInLog(words);
        forget(id);
    }

    void awaitInLog(String words) {
        Path log = system.directory().resolve("server/log/console.log");
        Predicate<String> said = text -> text.contains(words);
        await(words).atMost(LONG).until(() -> read(log), said);
    }

    void forget(long id) {
        JobsHttpIT.status(alice, id, "Killed", "Marked for termination");
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** The processes of payloads that sleep for exactly this odd time. */
    static List<ProcessHandle> sleepers(String seconds) {
        return Stream.of("sleep " + seconds, "/bin/sleep " + seconds)
                .flatMap(command -> processes(command).stream())
                .toList();
    }

    /** Those of exactly this command line; what keeps jobs apart has it among its words. */
    static List<ProcessHandle> processes(String commandLine) {
        return ProcessHandle.allProcesses()
                .filter(process -> ProcFiles.commandLine(process.pid()).equals(commandLine))
                .toList();
    }
}
