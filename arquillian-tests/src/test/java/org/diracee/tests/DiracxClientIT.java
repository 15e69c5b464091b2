/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.tests;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The unmodified DiracX 0.7 command line and Python client, installed by {@code testbed/python-peer.sh}. */
@Tag("real")
class DiracxClientIT {

    private static final Path ROOT = Path.of(System.getProperty("project.root", ".."));

    static RunningSystem system;
    static Path programs;

    @TempDir
    Path home;

    @BeforeAll
    static void install() {
        programs = ROOT.resolve("arquillian-tests/target/diracx").toAbsolutePath();
        RunningSystem.run(Map.of(), "testbed/python-peer.sh", "install", "diracx", programs.toString());
        system = RunningSystem.up();
    }

    @Test
    void commandLineAndPythonClientGoOneWholeRound() throws IOException, InterruptedException {
        logIn();
        assertThat(json("whoami").path("preferred_username").asText()).isEqualTo("alice");
        assertThat(json("whoami").path("dirac_group").asText()).isEqualTo("demo_user");

        String group = JobsHttpIT.unique();
        Path jdl = home.resolve("job.jdl");
        Files.writeString(
                jdl, "[ Executable = \"/bin/true\"; JobGroup = \"" + group + "\"; Site = \"DIRAC.Nowhere.test\"; ]");
        Matcher inserted = Pattern.compile("Inserted 2 jobs with ids: (\\d+),(\\d+)")
                .matcher(dirac("jobs", "submit", jdl.toString(), jdl.toString()));
        assertThat(inserted.find()).isTrue();
        JsonNode found = json("jobs", "search", "--condition", "JobGroup eq " + group);
        assertThat(found.findValuesAsText("JobID")).containsExactlyInAnyOrder(inserted.group(1), inserted.group(2));
        assertThat(found.findValuesAsText("Status")).containsExactly("Waiting", "Waiting");
        assertThat(json("jobs", "search", "--all", "--condition", "JobID in [" + inserted.group(1) + "]")
                        .findValuesAsText("JobGroup"))
                .containsExactly(group);
        assertThat(json("jobs", "search", "--per-page", "1", "--condition", "JobGroup eq " + group))
                .hasSize(1);

        assertThat(RunningSystem.run(
                        environment(),
                        programs.resolve("bin/python").toString(),
                        ROOT.resolve("arquillian-tests/src/test/python/diracx_round_trip.py")
                                .toAbsolutePath()
                                .toString(),
                        JobsHttpIT.unique()))
                .endsWith("ok all of its sandboxes\ndone\n");

        assertThat(dirac("logout")).contains("Removed credentials");
        assertThat(dirac("whoami")).contains("You are not authenticated");
    }

    private void logIn() throws IOException, InterruptedException {
        ProcessBuilder builder =
                new ProcessBuilder(programs.resolve("bin/dirac").toString(), "login", "demo");
        builder.environment().putAll(environment());
        builder.environment().put("PYTHONUNBUFFERED", "1");
        Process login = builder.redirectErrorStream(true).start();
        CompletableFuture.delayedExecutor(2, TimeUnit.MINUTES).execute(login::destroyForcibly);
        StringBuilder output = new StringBuilder();
        try (BufferedReader lines = login.inputReader(StandardCharsets.UTF_8)) {
            Pattern address = Pattern.compile("https://\\S+user_code=\\S+");
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                output.append(line).append('\n');
                Matcher found = address.matcher(line);
                if (found.find()) {
                    Approval.approve(system.anonymous(), found.group(), "alice", "pw-alice");
                }
            }
        }
        assertThat(login.waitFor()).as(output.toString()).isZero();
        assertThat(output).contains("Login successful!");
    }

    private JsonNode json(String... arguments) throws IOException {
        return new ObjectMapper().readTree(dirac(arguments));
    }

    private String dirac(String... arguments) {
        return RunningSystem.run(environment(), programs.resolve("bin/dirac").toString(), arguments);
    }

    private Map<String, String> environment() {
        Map<String, String> environment = new HashMap<>();
        environment.put("DIRACX_URL", system.base().toString());
        environment.put("DIRACX_CA_PATH", system.ca().toString());
        environment.put(
                "DIRACX_CREDENTIALS_PATH", home.resolve("credentials.json").toString());
        environment.put("HOME", home.toString());
        environment.put("COLUMNS", "400");
        // the client's sandbox transfers know nothing of DIRACX_CA_PATH
        environment.put("SSL_CERT_FILE", system.ca().toString());
        return environment;
    }
}
