/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.cli.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.diracee.cli.CommandFailure;
import org.diracee.client.ApiClient;
import org.diracee.client.FakeServer;
import org.diracee.client.Logins;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SessionTokensTest {

    private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");
    private static final String TOKENS =
            "{\"access_token\":\"new\",\"expires_in\":1200,\"token_type\":\"Bearer\",\"refresh_token\":\"r1\"}";

    private final FakeServer server;
    private final CredentialFile file;
    private final Path directory;

    SessionTokensTest(@TempDir Path directory) throws IOException {
        this.directory = directory;
        server = new FakeServer();
        file = new CredentialFile(directory.resolve("cache/diracx/credentials.json"));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private SessionTokens tokens() {
        Logins logins = new Logins(ApiClient.builder(server.address()).build());
        return new SessionTokens(file, logins::refresh, Clock.fixed(NOW, ZoneOffset.UTC));
    }

    private void store(String access, long secondsLeft) {
        file.write(new Credentials(access, "r0", NOW.getEpochSecond() + secondsLeft));
    }

    @Test
    void sendsAFreshTokenAsItIs() {
        store("a", 100);
        assertThat(tokens().token()).contains("a");
        assertThat(server.requests()).isEmpty();
    }

    @Test
    void renewsBeforeTheEndAndStoresWhatItGot() throws IOException {
        server.on("POST /api/auth/token", 200, TOKENS);
        store("a", 30);
        assertThat(tokens().token()).contains("new");
        assertThat(server.last().body()).contains("grant_type=refresh_token", "refresh_token=r0");
        assertThat(file.read()).contains(new Credentials("new", "r1", NOW.getEpochSecond() + 1185));
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file.path())))
                .isEqualTo("rw-------");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(directory.resolve("cache/diracx"))))
                .isEqualTo("rwx------");
    }

    @Test
    void manyThreadsRenewOnce() throws Exception {
        server.on("POST /api/auth/token", 200, TOKENS);
        store("a", 0);
        ExecutorService threads = Executors.newFixedThreadPool(16);
        try {
            List<Future<Optional<String>>> all = new ArrayList<>();
            for (int i = 0; i < 64; i++) {
                all.add(threads.submit(() -> tokens().token()));
            }
            for (Future<Optional<String>> one : all) {
                assertThat(one.get()).contains("new");
            }
        } finally {
            threads.shutdownNow();
        }
        assertThat(server.requests()).hasSize(1);
    }

    @Test
    void manyProcessesRenewOnce() throws Exception {
        server.on("POST /api/auth/token", 200, TOKENS);
        store("a", 0);
        List<Process> processes = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            processes.add(new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-XX:TieredStopAtLevel=1",
                            "-cp",
                            System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                            OtherProcess.class.getName(),
                            server.address().toString(),
                            file.path().toString())
                    .redirectErrorStream(true)
                    .redirectOutput(directory.resolve("process-" + i).toFile())
                    .start());
        }
        for (int i = 0; i < processes.size(); i++) {
            assertThat(processes.get(i).waitFor())
                    .as(Files.readString(directory.resolve("process-" + i)))
                    .isZero();
        }
        assertThat(server.requests()).hasSize(1);
    }

    /** Sends a token as another run of the program does. */
    static final class OtherProcess {

        private OtherProcess() {}

        public static void main(String[] arguments) {
            Logins logins = new Logins(
                    ApiClient.builder(java.net.URI.create(arguments[0])).build());
            SessionTokens tokens = new SessionTokens(
                    new CredentialFile(Path.of(arguments[1])), logins::refresh, Clock.fixed(NOW, ZoneOffset.UTC));
            System.exit(tokens.token().equals(Optional.of("new")) ? 0 : 1);
        }
    }

    @Test
    void takesWhatAnotherProgramGotMeanwhile() {
        SessionTokens tokens = new SessionTokens(
                file,
                refresh -> {
                    store("theirs", 1000); // without our lock, as diracx does
                    return new Logins(ApiClient.builder(server.address()).build()).refresh(refresh);
                },
                Clock.fixed(NOW, ZoneOffset.UTC));
        server.on("POST /api/auth/token", 401, "{\"detail\":\"used\"}");
        store("a", 0);
        assertThat(tokens.token()).contains("theirs");
    }

    @Test
    void saysThatTheSessionHasEnded() {
        server.on("POST /api/auth/token", 401, "{\"detail\":\"expired\"}");
        store("a", 0);
        assertThatThrownBy(() -> tokens().token())
                .isInstanceOf(CommandFailure.class)
                .hasMessageContaining("session has ended");
    }

    @Test
    void keepsTheSessionWhileTheServerIsNotAvailable() {
        server.on("POST /api/auth/token", 500, "{\"detail\":\"broken\"}");
        store("a", 0);
        assertThatThrownBy(() -> tokens().token()).hasMessage("broken");
        assertThat(file.read().map(Credentials::refreshToken)).contains("r0");
    }

    @Test
    void takesADamagedFileForNone() throws IOException {
        Files.createDirectories(directory.resolve("cache/diracx"));
        Files.writeString(file.path(), "{\"access_tok");
        assertThat(file.read()).isEmpty();
        Files.writeString(file.path(), "null");
        assertThat(file.read()).isEmpty();
    }
}
