/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.database;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.TimeUnit.SECONDS;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** The PostgreSQL server process of one data directory. */
final class Postmaster {

    private static final Duration STOP_PATIENCE = Duration.ofSeconds(60);
    private static final int LOG_LINES = 20;

    /** What the application relies on comes first; the rest suits a machine that runs everything at once. */
    private static final Map<String, String> SETTINGS = Map.ofEntries(
            Map.entry("fsync", "on"),
            Map.entry("synchronous_commit", "on"),
            Map.entry("full_page_writes", "on"),
            Map.entry("listen_addresses", "127.0.0.1"),
            Map.entry("unix_socket_directories", ""),
            Map.entry("password_encryption", "scram-sha-256"),
            Map.entry("timezone", "UTC"),
            Map.entry("log_timezone", "UTC"),
            Map.entry("log_line_prefix", "%m [%p] "),
            Map.entry("max_connections", "200"),
            Map.entry("shared_buffers", "256MB"),
            Map.entry("max_wal_size", "2GB"),
            Map.entry("random_page_cost", "1.1"),
            Map.entry("jit", "off"));

    private final Path programs;
    private final Path data;
    private final Path log;
    private @Nullable Process process;

    Postmaster(Path programs, Path data, Path log) {
        this.programs = programs;
        this.data = data;
        this.log = log;
    }

    /** Makes an empty cluster whose superuser has the given password. */
    void initialise(String superuserPassword) throws IOException, InterruptedException {
        // made under another name, so that a crash in between never looks like a cluster
        Path unfinished = data.resolveSibling(data.getFileName() + ".unfinished");
        PrivateFiles.deleteTree(unfinished);
        PrivateFiles.createDirectories(unfinished);
        Path passwordFile = data.resolveSibling("initdb.password");
        PrivateFiles.write(passwordFile, superuserPassword + "\n");
        try {
            Process initdb = command(
                            "initdb",
                            "--pgdata=" + unfinished,
                            "--username=" + EmbeddedDatabase.SUPERUSER,
                            "--pwfile=" + passwordFile,
                            "--auth=scram-sha-256",
                            "--encoding=UTF8",
                            "--locale=C",
                            "--locale-provider=builtin",
                            "--builtin-locale=C.UTF-8")
                    .start();
            if (initdb.waitFor() != 0) {
                throw new DatabaseNotStarted("The database cluster could not be made:\n" + lastLogLines());
            }
        } finally {
            Files.deleteIfExists(passwordFile);
        }
        Files.move(unfinished, data);
    }

    /** Starts the server; it may still refuse connections when this method returns. */
    void start(int port) throws IOException {
        PrivateFiles.write(
                data.resolve("pg_hba.conf"),
                "# written at every start: this machine only, always with a password\n"
                        + "host all all 127.0.0.1/32 scram-sha-256\n");
        List<String> arguments = new ArrayList<>(List.of("-D", data.toString(), "-p", Integer.toString(port)));
        SETTINGS.forEach((name, value) -> {
            arguments.add("-c");
            arguments.add(name + "=" + value);
        });
        process = command("postgres", arguments.toArray(String[]::new)).start();
    }

    /** Ends the server cleanly: open transactions are rolled back, everything committed is written. */
    void stop() throws InterruptedException {
        Process running = process;
        if (running == null) {
            return;
        }
        interrupt(running.toHandle());
        if (!running.waitFor(STOP_PATIENCE.toSeconds(), SECONDS)) {
            running.destroyForcibly().waitFor();
        }
        process = null;
    }

    /** Kills the server as a power cut would. */
    void kill() throws InterruptedException {
        Process running = process;
        if (running == null) {
            return;
        }
        running.destroyForcibly().waitFor();
        process = null;
    }

    boolean isRunning() {
        return process != null && process.isAlive();
    }

    long pid() {
        Process running = process;
        if (running == null) {
            throw new IllegalStateException("PostgreSQL is not running");
        }
        return running.pid();
    }

    void awaitEnd() throws InterruptedException {
        Process running = process;
        if (running != null) {
            running.waitFor();
        }
    }

    /**
     * Removes what a killed predecessor left: ends its server if that still runs, and its pid file.
     *
     * <p>PostgreSQL itself refuses to start when the old pid lives again in another process of the same user, which is
     * likely after a restart of a container.
     *
     * @return whether there was anything
     */
    boolean clearPredecessor() throws IOException, InterruptedException {
        Path pidFile = data.resolve("postmaster.pid");
        if (!Files.exists(pidFile)) {
            return false;
        }
        Optional<ProcessHandle> predecessor = Files.readAllLines(pidFile).stream()
                .findFirst()
                .filter(line -> line.matches("\\d{1,10}"))
                .flatMap(line -> ProcessHandle.of(Long.parseLong(line)))
                .filter(this::servesThisDirectory);
        if (predecessor.isPresent()) {
            ProcessHandle server = predecessor.get();
            interrupt(server);
            try {
                server.onExit().get(STOP_PATIENCE.toSeconds(), SECONDS);
            } catch (TimeoutException stuck) {
                server.destroyForcibly();
            } catch (ExecutionException impossible) {
                throw new IllegalStateException(impossible);
            }
        }
        Files.deleteIfExists(pidFile);
        return true;
    }

    private boolean servesThisDirectory(ProcessHandle handle) {
        String commandLine = handle.info()
                .commandLine()
                .or(() -> procCommandLine(handle.pid()))
                .orElse("");
        return commandLine.contains("postgres") && commandLine.contains(data.toString());
    }

    /** Java shows no command line of a process in another user namespace, which is where a server started by root runs. */
    private static Optional<String> procCommandLine(long pid) {
        try {
            return Optional.of(Files.readString(Path.of("/proc", Long.toString(pid), "cmdline"))
                    .replace('\0', ' '));
        } catch (IOException gone) {
            return Optional.empty();
        }
    }

    /** SIGINT is PostgreSQL's fast shutdown; SIGTERM would wait for every client to go. Java can send only the latter. */
    private static void interrupt(ProcessHandle server) throws InterruptedException {
        try {
            new ProcessBuilder("kill", "-INT", Long.toString(server.pid()))
                    .start()
                    .waitFor();
        } catch (IOException noKillCommand) {
            server.destroy();
        }
    }

    String lastLogLines() {
        try {
            List<String> lines = Files.readAllLines(log);
            return String.join("\n", lines.subList(Math.max(0, lines.size() - LOG_LINES), lines.size()));
        } catch (IOException unreadable) {
            return "(" + log + " cannot be read)";
        }
    }

    private ProcessBuilder command(String program, String... arguments) {
        List<String> line = new ArrayList<>();
        if (isRoot()) {
            // PostgreSQL refuses root; in a user namespace of its own the process is nobody, yet keeps our files
            line.addAll(List.of("unshare", "--user", "--"));
        }
        line.add(programs.resolve("bin").resolve(program).toString());
        line.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(line)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        // the settings of an installed PostgreSQL must not reach ours, nor must our secrets reach it
        builder.environment().keySet().removeIf(name -> name.startsWith("PG") || name.startsWith("DIRAC_"));
        return builder;
    }

    private static boolean isRoot() {
        try {
            Process id = new ProcessBuilder("id", "-u").start();
            return new String(id.getInputStream().readAllBytes(), UTF_8).strip().equals("0");
        } catch (IOException noIdCommand) {
            return "root".equals(System.getProperty("user.name"));
        }
    }

    /** Says early and plainly what PostgreSQL would say late and obscurely. */
    void requireUsableAccount() throws InterruptedException {
        if (!isRoot()) {
            return;
        }
        try {
            if (new ProcessBuilder("unshare", "--user", "--", "true").start().waitFor() == 0) {
                return;
            }
        } catch (IOException noUnshareCommand) {
            // said below
        }
        throw new DatabaseNotStarted("PostgreSQL does not run as root, and this machine lets root make no user"
                + " namespace (unshare --user). Run as an ordinary user instead.");
    }
}
