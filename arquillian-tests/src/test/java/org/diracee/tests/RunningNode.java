/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.tests;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** One server of a running system, started, stopped and killed like a machine of its own. */
final class RunningNode {

    private static final Duration LONG = Duration.ofMinutes(3);

    private final Path directory;
    private final int offset;
    private final Map<String, String> environment;
    private final URI base;
    private final Path ca;

    /** @param environment of the system, for the server's process */
    RunningNode(Path directory, int offset, Map<String, String> environment, Path ca) {
        this.directory = directory;
        this.offset = offset;
        this.environment = Map.copyOf(environment);
        this.base = URI.create("https://localhost:" + (8443 + offset));
        this.ca = ca;
    }

    URI base() {
        return base;
    }

    /** The port for plain http, on this machine only. */
    int localPort() {
        return 8080 + offset;
    }

    /** Where other nodes find this one. */
    String clusterHost() {
        return "127.0.0.1[" + (7600 + offset) + "]";
    }

    /** What the server deploys by itself. */
    Path deployments() {
        return directory.resolve("deployments");
    }

    /** What the server has logged, in all its files. */
    String log() {
        try (var files = Files.list(directory.resolve("log"))) {
            StringBuilder text = new StringBuilder();
            for (Path file : files.toList()) {
                text.append(Files.readString(file, StandardCharsets.UTF_8));
            }
            return text.toString();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    Http anonymous() {
        return Http.trusting(ca, base);
    }

    /** Starts the server and waits until it is ready; one that runs stays as it is. */
    void start() {
        start(Map.of());
    }

    /** @param more added to the environment of the system, in its place where both speak */
    void start(Map<String, String> more) {
        Map<String, String> whole = new HashMap<>(environment);
        whole.putAll(more);
        RunningSystem.run(
                whole, "dev/server", "start", directory.toString(), "--port-offset", Integer.toString(offset));
        await("server ready")
                .atMost(LONG)
                .ignoreExceptions()
                .until(() -> anonymous().get("/api/health/ready").status() == 200);
    }

    void stop() {
        RunningSystem.run(environment, "dev/server", "stop", directory.toString());
    }

    /** Kills the server as a power cut would. */
    void kill() {
        ProcessHandle server = process().orElseThrow(() -> new IllegalStateException("no server in " + directory));
        server.destroyForcibly();
        await("server gone").atMost(LONG).until(() -> !server.isAlive());
    }

    boolean isAlive() {
        try {
            return anonymous().get("/api/health/live").status() == 200;
        } catch (UncheckedIOException down) {
            return false;
        }
    }

    private Optional<ProcessHandle> process() {
        try {
            return ProcessHandle.of(
                    Long.parseLong(Files.readString(directory.resolve("server.pid"), StandardCharsets.UTF_8)
                            .strip()));
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
