/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.tests;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.diracee.database.EmbeddedDatabase;
import org.jspecify.annotations.Nullable;

/**
 * The whole product on this machine, started once for all tests by the scripts that its users start it with: database,
 * provisioned server with the EAR, local computing element. Stops with the JVM.
 */
final class RunningSystem {

    private static final Duration LONG = Duration.ofMinutes(3);
    private static final Duration PROGRAM = Duration.ofMinutes(10);
    private static final Path ROOT = Path.of(System.getProperty("project.root", ".."));
    private static final String CLIENT = "myDIRACClientID";
    private static final Map<String, String> SCOPES = Map.of(
            "alice", "vo:demo group:demo_user",
            "bob", "vo:demo group:demo_user",
            "root", "vo:demo group:demo_admin",
            "carol", "vo:other group:other_user");

    private static @Nullable RunningSystem instance;

    private final Path directory;
    private final EmbeddedDatabase database;
    private final Map<String, String> environment;
    private final URI base;
    private final int offset;
    private final Map<String, Session> sessions = new ConcurrentHashMap<>();

    private record Session(String access, String refresh) {}

    private RunningSystem() throws IOException {
        directory =
                ROOT.resolve("arquillian-tests/target/system").toAbsolutePath().normalize();
        erase(directory);
        Files.createDirectories(directory);
        offset = freeOffset();
        base = URI.create("https://localhost:" + (8443 + offset));
        run(Map.of(), "dev/make-tls", directory.resolve("tls").toString(), "localhost", "127.0.0.1");
        database = EmbeddedDatabase.temporary();
        Path accounts = directory.resolve("accounts");
        Files.createFile(accounts, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(accounts, "demo alice pw-alice\ndemo bob pw-bob\ndemo root pw-root\nother carol pw-carol\n");
        environment = Map.ofEntries(
                Map.entry("DIRAC_DB_URL", database.url()),
                Map.entry("DIRAC_DB_USER", database.user()),
                Map.entry("DIRAC_DB_PASSWORD", database.password()),
                Map.entry("DIRAC_TLS_DIR", directory.resolve("tls").toString()),
                Map.entry("DIRAC_PUBLIC_URL", base.toString()),
                Map.entry("DIRAC_CA_FILE", directory.resolve("tls/ca.pem").toString()),
                Map.entry(
                        "DIRAC_CREDENTIALS_DIR",
                        directory.resolve("credentials").toString()),
                Map.entry("DIRAC_LOCAL_ACCOUNTS", "true"),
                Map.entry("DIRAC_ACCOUNTS_SEED", accounts.toString()),
                Map.entry(
                        "DIRAC_CONFIGURATION_SEED",
                        ROOT.resolve("arquillian-tests/src/test/resources/test-configuration.cfg")
                                .toAbsolutePath()
                                .toString()),
                Map.entry(
                        "DIRAC_PILOT_IMAGE",
                        ROOT.resolve("pilot/target/pilot-image")
                                .toAbsolutePath()
                                .toString()));
        Runtime.getRuntime().addShutdownHook(new Thread(this::stop));
        startServer();
    }

    /** The running system; the first call starts it. */
    static synchronized RunningSystem up() {
        if (instance == null) {
            try {
                instance = new RunningSystem();
            } catch (IOException failed) {
                throw new UncheckedIOException(failed);
            }
        }
        return instance;
    }

    EmbeddedDatabase database() {
        return database;
    }

    URI base() {
        return base;
    }

    /** The port for plain http, on this machine only. */
    int localPort() {
        return 8080 + offset;
    }

    /** What the server deploys by itself. */
    Path deployments() {
        return directory.resolve("server/deployments");
    }

    Path ca() {
        return directory.resolve("tls/ca.pem");
    }

    Path directory() {
        return directory;
    }

    /** Puts a secret where the server finds it as {@code credential:<alias>}. */
    void credential(String alias, String secret) {
        try {
            Path file = directory.resolve("credentials").resolve(alias);
            Files.createDirectories(file.getParent());
            Files.writeString(file, secret);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    Http anonymous() {
        return Http.trusting(ca(), base);
    }

    /** Calls as this user: alice and bob of demo_user, root of demo_admin, carol of the VO other. */
    Http user(String name) {
        return anonymous().as(session(name).access());
    }

    String refreshToken(String name) {
        return session(name).refresh();
    }

    private Session session(String name) {
        return sessions.computeIfAbsent(name, user -> {
            Answer flow = anonymous()
                    .send(anonymous()
                            .request("/api/auth/device?client_id=" + CLIENT + "&scope=" + Http.encoded(scope(user)))
                            .POST(java.net.http.HttpRequest.BodyPublishers.noBody()));
            Approval.approve(
                    anonymous(), flow.json().path("verification_uri_complete").asText(), user, "pw-" + user);
            Answer token = anonymous()
                    .form(
                            "/api/auth/token",
                            Map.of(
                                    "grant_type",
                                    "urn:ietf:params:oauth:grant-type:device_code",
                                    "client_id",
                                    CLIENT,
                                    "device_code",
                                    flow.json().path("device_code").asText()));
            if (token.status() != 200) {
                throw new AssertionError("log-in of " + user + ": " + token);
            }
            return new Session(
                    token.json().path("access_token").asText(),
                    token.json().path("refresh_token").asText());
        });
    }

    private static String scope(String user) {
        String scope = SCOPES.get(user);
        if (scope == null) {
            throw new IllegalArgumentException("no user " + user + " in the tests' configuration");
        }
        return scope;
    }

    /** Starts the server and waits until it is ready. */
    void startServer() {
        script(
                "dev/server",
                "start",
                directory.resolve("server").toString(),
                "--port-offset",
                Integer.toString(offset));
        await("server ready")
                .atMost(LONG)
                .ignoreExceptions()
                .until(() -> anonymous().get("/api/health/ready").status() == 200);
    }

    /** Kills the server as a power cut would. */
    void killServer() {
        ProcessHandle server = serverProcess();
        server.destroyForcibly();
        await("server gone").atMost(LONG).until(() -> !server.isAlive());
    }

    private ProcessHandle serverProcess() {
        try {
            long pid = Long.parseLong(Files.readString(directory.resolve("server/server.pid"), StandardCharsets.UTF_8)
                    .strip());
            return ProcessHandle.of(pid).orElseThrow(() -> new IllegalStateException("no server process " + pid));
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** Brings everything up again that a test took down. */
    void recover() {
        database.recover();
        boolean ready;
        try {
            ready = anonymous().get("/api/health/live").status() == 200;
        } catch (UncheckedIOException down) {
            ready = false;
        }
        if (!ready) {
            startServer();
        }
    }

    private void stop() {
        try {
            script("dev/server", "stop", directory.resolve("server").toString());
        } finally {
            ProcessHandle.allProcesses()
                    .filter(process -> ProcFiles.commandLine(process.pid()).contains("--server " + base + " "))
                    .forEach(ProcessHandle::destroyForcibly);
            database.close();
        }
    }

    /** Runs a script of the project and fails with its output if it fails. */
    void script(String name, String... arguments) {
        run(environment, name, arguments);
    }

    /** Runs a program of the project with this environment added; returns its standard output. */
    static String run(Map<String, String> environment, String name, String... arguments) {
        List<String> command = new ArrayList<>();
        Path program = Path.of(name);
        command.add((program.isAbsolute() ? program : ROOT.resolve(name).toAbsolutePath()).toString());
        command.addAll(List.of(arguments));
        try {
            Path output = Files.createTempFile("script", ".log");
            try {
                ProcessBuilder builder = new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(output.toFile())
                        .redirectInput(ProcessBuilder.Redirect.from(
                                Path.of("/dev/null").toFile()));
                builder.environment().putAll(environment);
                Process process = builder.start();
                boolean ended = process.waitFor(PROGRAM.toMinutes(), TimeUnit.MINUTES);
                String text = Files.readString(output, StandardCharsets.UTF_8);
                if (!ended) {
                    process.destroyForcibly();
                    throw new AssertionError(command + " did not end within " + PROGRAM + ":\n" + text);
                }
                if (process.exitValue() != 0) {
                    throw new AssertionError(command + " ended with " + process.exitValue() + ":\n" + text);
                }
                return text;
            } finally {
                Files.deleteIfExists(output);
            }
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }

    /** An offset to all of the server's ports at which none is taken. */
    private static int freeOffset() {
        for (int candidate = 4000; candidate < 5000; candidate += 100) {
            if (free(8443 + candidate) && free(8080 + candidate) && free(9990 + candidate)) {
                return candidate;
            }
        }
        throw new IllegalStateException("no free ports for the server between 12080 and 14990");
    }

    private static boolean free(int port) {
        try (ServerSocket socket = new ServerSocket(port)) {
            return socket.isBound();
        } catch (IOException taken) {
            return false;
        }
    }

    private static void erase(Path directory) throws IOException {
        if (Files.exists(directory)) {
            try (Stream<Path> entries = Files.walk(directory)) {
                for (Path entry : entries.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(entry);
                }
            }
        }
    }
}
