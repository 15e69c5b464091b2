/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.tests;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.diracee.database.EmbeddedDatabase;
import org.jspecify.annotations.Nullable;

/**
 * The whole product on this machine, started by the scripts that its users start it with: database, provisioned server with
 * the EAR, local computing element. Most tests share one, which stops with the JVM.
 */
final class RunningSystem implements AutoCloseable {

    private static final Duration GOOD_FOR = Duration.ofMinutes(10);
    private static final Duration PROGRAM = Duration.ofMinutes(10);
    private static final Path ROOT = Path.of(System.getProperty("project.root", ".."));
    static final String CLIENT = "myDIRACClientID";
    private static final int FIRST_OFFSET = 4000;

    /** From here on the port of the cluster would be none. */
    private static final int END_OF_OFFSETS = 7900;

    private static final int STEP = 100;
    private static final Map<String, String> SCOPES = Map.of(
            "alice", "vo:demo group:demo_user",
            "bob", "vo:demo group:demo_user",
            "root", "vo:demo group:demo_admin",
            "carol", "vo:other group:other_user",
            // of a configuration that a test brings in
            "user00001", "vo:gridpp group:gridpp_prod",
            "user00003", "vo:gridpp group:gridpp_admin");

    private static @Nullable RunningSystem instance;
    // runs beside this one begin elsewhere
    private static int nextOffset =
            FIRST_OFFSET + (int) (ProcessHandle.current().pid() % 20) * STEP;

    private final Path directory;
    private final EmbeddedDatabase database;
    private final Map<String, String> environment;
    private final List<RunningNode> nodes;
    private final Map<String, Session> sessions = new ConcurrentHashMap<>();
    private final Thread endWithJvm = new Thread(this::stop, "running-system-stop");

    /** A log-in, with the nanosecond after which it is renewed; its token lives somewhat longer. */
    private record Session(String access, String refresh, long renewAt) {}

    private RunningSystem(String name, int numberOfNodes) throws IOException {
        directory = ROOT.resolve("arquillian-tests/target")
                .resolve(name)
                .toAbsolutePath()
                .normalize();
        erase(directory);
        Files.createDirectories(directory);
        int[] offsets = freeOffsets(numberOfNodes);
        run(Map.of(), "dev/make-tls", directory.resolve("tls").toString(), "localhost", "127.0.0.1");
        database = EmbeddedDatabase.temporary();
        Path accounts = directory.resolve("accounts");
        Files.createFile(accounts, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(
                accounts,
                "demo alice pw-alice\ndemo bob pw-bob\ndemo root pw-root\nother carol pw-carol\n"
                        + "gridpp user00001 pw-user00001\ngridpp user00003 pw-user00003\n");
        environment = Map.ofEntries(
                Map.entry("DIRAC_DB_URL", database.url()),
                Map.entry("DIRAC_DB_USER", database.user()),
                Map.entry("DIRAC_DB_PASSWORD", database.password()),
                Map.entry("DIRAC_TLS_DIR", directory.resolve("tls").toString()),
                Map.entry("DIRAC_PUBLIC_URL", "https://localhost:" + (8443 + offsets[0])),
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
        nodes = IntStream.range(0, numberOfNodes)
                .mapToObj(node -> new RunningNode(
                        directory.resolve(node == 0 ? "server" : "server-" + (node + 1)),
                        offsets[node],
                        environment,
                        ca()))
                .toList();
        Runtime.getRuntime().addShutdownHook(endWithJvm);
    }

    /** The running system that tests share; the first call starts it. */
    static synchronized RunningSystem up() {
        if (instance == null) {
            instance = ofItsOwn("system", 1);
            instance.startServer();
        }
        return instance;
    }

    /**
     * A system for tests that replace the whole configuration or need several nodes. Its database runs, of its nodes none yet;
     * the address of the first is that of the installation. To be closed.
     *
     * @param name of its directory below target, which is emptied
     */
    static RunningSystem ofItsOwn(String name, int numberOfNodes) {
        try {
            return new RunningSystem(name, numberOfNodes);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** One of the nodes, the first being 0. */
    RunningNode node(int number) {
        return nodes.get(number);
    }

    EmbeddedDatabase database() {
        return database;
    }

    URI base() {
        return nodes.get(0).base();
    }

    /** The port for plain http, on this machine only. */
    int localPort() {
        return nodes.get(0).localPort();
    }

    /** What the server deploys by itself. */
    Path deployments() {
        return nodes.get(0).deployments();
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
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    Http anonymous() {
        return nodes.get(0).anonymous();
    }

    /** Calls as this user: alice and bob of demo_user, root of demo_admin, carol of the VO other. */
    Http user(String name) {
        return user(name, nodes.get(0));
    }

    /** The same by a new log-in. */
    Http userAnew(String name) {
        sessions.remove(name);
        return user(name);
    }

    /** Calls one of the nodes as this user. */
    Http user(String name, RunningNode node) {
        return node.anonymous().as(session(name).access());
    }

    String refreshToken(String name) {
        return session(name).refresh();
    }

    private Session session(String name) {
        return sessions.compute(name, (user, known) -> {
            if (known != null && System.nanoTime() - known.renewAt() < 0) {
                return known;
            }
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
                    token.json().path("refresh_token").asText(),
                    System.nanoTime() + GOOD_FOR.toNanos());
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
        nodes.get(0).start();
    }

    /** Kills the server as a power cut would. */
    void killServer() {
        nodes.get(0).kill();
    }

    /** Brings everything up again that a test took down. */
    void recover() {
        database.recover();
        if (!nodes.get(0).isAlive()) {
            startServer();
        }
    }

    @Override
    public void close() {
        stop();
        Runtime.getRuntime().removeShutdownHook(endWithJvm);
    }

    private void stop() {
        try {
            nodes.forEach(RunningNode::stop);
        } finally {
            ProcessHandle.allProcesses()
                    .filter(process -> ProcFiles.commandLine(process.pid()).contains("--server " + base() + " "))
                    .forEach(ProcessHandle::destroyForcibly);
            database.close();
        }
    }

    /** Writes to the database behind the server's back. */
    void sql(String sql) {
        try (Connection connection = database.dataSource().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException failure) {
            throw new IllegalStateException(failure);
        }
    }

    /** Runs a program of the project with this environment added; returns its output, fails with it if the program fails. */
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

    /** Offsets to all of the server's ports at which none is taken; each is given out once. */
    private static synchronized int[] freeOffsets(int count) {
        int[] found = new int[count];
        int known = 0;
        for (; known < count && nextOffset < END_OF_OFFSETS; nextOffset += STEP) {
            int candidate = nextOffset;
            if (IntStream.of(7600, 8080, 8443, 9990, 57600).allMatch(port -> FreePorts.isFree(port + candidate))) {
                found[known++] = candidate;
            }
        }
        if (known < count) {
            throw new IllegalStateException("no free ports for the server from 8443 + " + FIRST_OFFSET + " on");
        }
        return found;
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
