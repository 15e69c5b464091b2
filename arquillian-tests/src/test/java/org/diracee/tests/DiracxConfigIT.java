/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.tests;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The configuration as the unmodified DiracX 0.7 client reads it, and as DiracX's own model takes it. */
@Tag("real")
class DiracxConfigIT {

    private static final Path ROOT = Path.of(System.getProperty("project.root", ".."));
    private static final ObjectMapper JSON = new ObjectMapper();

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

    /** Leaves the credentials as the client's log-in would. */
    @BeforeEach
    void logIn() throws IOException {
        Map<String, Object> credentials = Map.of(
                "access_token", system.user("alice").token(),
                "refresh_token", system.refreshToken("alice"),
                "expires_on", Instant.now().getEpochSecond() + 900);
        Files.write(home.resolve("credentials.json"), JSON.writeValueAsBytes(credentials));
    }

    @Test
    void theCommandLineShowsWhatTheServerServes() throws IOException {
        String shown = RunningSystem.run(
                environment(), programs.resolve("bin/dirac").toString(), "--output-format", "JSON", "config", "dump");

        JsonNode served = system.user("alice").get("/api/config/").json();
        assertThat(JSON.readTree(shown)).isEqualTo(served);
    }

    @Test
    void theClientReadsOnConditionAndDiracxModelTakesTheDocument() {
        String told = RunningSystem.run(
                environment(),
                programs.resolve("bin/python").toString(),
                ROOT.resolve("arquillian-tests/src/test/python/diracx_config.py")
                        .toAbsolutePath()
                        .toString());

        assertThat(told).endsWith("done\n");
    }

    private Map<String, String> environment() {
        return Map.of(
                "DIRACX_URL", system.base().toString(),
                "DIRACX_CA_PATH", system.ca().toString(),
                "DIRACX_CREDENTIALS_PATH", home.resolve("credentials.json").toString(),
                "HOME", home.toString(),
                "COLUMNS", "400");
    }
}
