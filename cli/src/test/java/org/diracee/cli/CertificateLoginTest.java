/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Optional;
import org.diracee.client.FakeServer;
import org.diracee.kernel.proxy.ProxyCredential;
import org.diracee.kernel.proxy.ProxyTerms;
import org.diracee.kernel.proxy.TestAuthority;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the log-in with a certificate does on this side; that the server takes it is for the suites with a real one. */
class CertificateLoginTest {

    private static final String LOG_IN = "POST /api/auth/certificate";
    private static final ProxyCredential ALICE = new TestAuthority("Test CA", Program.NOW).person("alice");

    private final FakeServer server;
    private final Path directory;
    private final Program program;

    CertificateLoginTest(@TempDir Path directory) throws IOException {
        this.directory = directory;
        server = new FakeServer()
                .on("GET /.well-known/dirac-metadata", 200, """
                        {"virtual_organizations":{"demo":{"groups":{"demo_user":{"properties":["NormalUser"]}},
                         "support":{"message":"","webpage":null,"email":null},"default_group":"demo_user"}}}""")
                .on("GET /api/auth/userinfo", 200, """
                        {"sub":"demo:a-1","vo":"demo","dirac_group":"demo_user","policies":{},"properties":["NormalUser"],
                         "preferred_username":"alice"}""")
                .on(LOG_IN, 200, """
                        {"access_token":"acc","expires_in":1200,"token_type":"Bearer","refresh_token":"ref"}""");
        program = new Program(server, directory);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private Path file(String name, ProxyCredential credential, String permissions) throws IOException {
        Path file = directory.resolve(name);
        Files.writeString(file, credential.pem());
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));
        return file;
    }

    private static ProxyCredential proxyUntil(Duration end) {
        return ALICE.proxy(new ProxyTerms(
                Program.NOW.minus(Duration.ofHours(1)),
                Program.NOW.plus(end),
                false,
                Optional.empty(),
                Optional.empty()));
    }

    @Test
    void asksForTheScopeAndKeepsTheTokens() throws IOException {
        file("cert.pem", ALICE, "rw-------");

        Program.Result result = program.run("login", "demo", "--group", "demo_user", "--cert", "cert.pem");

        assertThat(result.err()).isEqualToNormalizingNewlines("Logged in as alice, VO demo, group demo_user.\n");
        assertThat(server.requests(LOG_IN).get(0).body()).isEqualTo("scope=vo%3Ademo+group%3Ademo_user");
        assertThat(directory.resolve("credentials.json")).content().contains("\"refresh_token\":\"ref\"");
    }

    @Test
    void takesTheProxyThatTheEnvironmentNames() throws IOException {
        Path proxy = file("x509up", proxyUntil(Duration.ofHours(1)), "rw-------");

        assertThat(program.with("X509_USER_PROXY", proxy.toString())
                        .run("login", "demo", "--proxy")
                        .err())
                .contains("Logged in as alice");
        assertThat(program.run("login", "demo", "--proxy", "x509up").err()).contains("Logged in as alice");
    }

    @Test
    void refusesFilesThatOthersCanReadAreOldOrMissing() throws IOException {
        file("open.pem", ALICE, "rw-r--r--");
        file("openproxy", proxyUntil(Duration.ofHours(1)), "rw-r-----");
        file("old", proxyUntil(Duration.ofSeconds(-1)), "rw-------");

        assertThat(program.run("login", "demo", "--cert", "open.pem").err()).contains("can be read by others");
        assertThat(program.run("login", "demo", "--proxy", "openproxy").err()).contains("can be read by others");
        assertThat(program.run("login", "demo", "--proxy", "old").err()).contains("ended at");
        assertThat(program.run("login", "demo", "--proxy", "none").err()).contains("There is no proxy in");
        assertThat(server.requests(LOG_IN)).isEmpty();
    }

    @Test
    void refusesTwoWaysAtOnce() {
        assertThat(program.run("login", "demo", "--cert", "a", "--proxy", "b").code())
                .isEqualTo(ExitCode.USAGE);
        assertThat(program.run("login", "demo", "--key", "a").code()).isEqualTo(ExitCode.USAGE);
        assertThat(program.run("login", "demo", "--cert", "a", "--username", "x", "--password-file", "y")
                        .code())
                .isEqualTo(ExitCode.USAGE);
    }

    @Test
    void tellsWhyTheServerRefuses() throws IOException {
        server.close();
        FakeServer strict = new FakeServer()
                .on("GET /.well-known/dirac-metadata", 200, """
                        {"virtual_organizations":{"demo":{"groups":{"demo_user":{"properties":["NormalUser"]}},
                         "support":{"message":"","webpage":null,"email":null},"default_group":"demo_user"}}}""")
                .on(LOG_IN, 401, "{\"detail\":\"The certificate does not count here: it is revoked\"}");
        try {
            file("cert.pem", ALICE, "rw-------");
            Program.Result result = new Program(strict, directory).run("login", "demo", "--cert", "cert.pem");
            assertThat(result.err()).contains("The log-in as /DC=test/DC=grid/CN=alice is refused", "it is revoked");
            assertThat(result.code()).isEqualTo(ExitCode.REFUSED);
        } finally {
            strict.close();
        }
    }
}
