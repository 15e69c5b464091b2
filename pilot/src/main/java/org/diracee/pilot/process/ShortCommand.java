/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.pilot.process;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * A command of the worker node that answered in time.
 *
 * @param output its standard output
 * @param errors its standard error
 */
public record ShortCommand(int exitCode, String output, String errors) {

    private static final int MAX_OUTPUT = 1 << 20;

    /** Runs it with the pilot's own environment; empty if it cannot be run or takes too long. */
    public static Optional<ShortCommand> run(List<String> words, Duration longest) {
        return run(words, System.getenv(), longest);
    }

    /** Runs it with this environment; empty if it cannot be run or takes too long. */
    public static Optional<ShortCommand> run(List<String> words, Map<String, String> environment, Duration longest) {
        Process process;
        try {
            ProcessBuilder builder = new ProcessBuilder(words)
                    .redirectInput(ProcessBuilder.Redirect.from(new java.io.File("/dev/null")));
            builder.environment().clear();
            builder.environment().putAll(environment);
            process = builder.start();
        } catch (IOException noSuchCommand) {
            return Optional.empty();
        }
        CompletableFuture<String> output = CompletableFuture.supplyAsync(() -> read(process.getInputStream()));
        CompletableFuture<String> errors = CompletableFuture.supplyAsync(() -> read(process.getErrorStream()));
        try {
            if (!process.waitFor(longest.toMillis(), TimeUnit.MILLISECONDS)) {
                return Optional.empty();
            }
            return Optional.of(new ShortCommand(
                    process.exitValue(), output.get(1, TimeUnit.SECONDS), errors.get(1, TimeUnit.SECONDS)));
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        } catch (java.util.concurrent.ExecutionException | java.util.concurrent.TimeoutException unreadable) {
            return Optional.empty();
        } finally {
            process.destroyForcibly();
        }
    }

    private static String read(InputStream stream) {
        try {
            return new String(stream.readNBytes(MAX_OUTPUT), UTF_8);
        } catch (IOException closed) {
            return "";
        }
    }

    public boolean isSuccess() {
        return exitCode == 0;
    }

    /** Returns the last line that is not empty, of standard error if there is one, which tells what went wrong. */
    public String lastLine() {
        return (errors.isBlank() ? output : errors)
                .lines()
                .filter(line -> !line.isBlank())
                .reduce("", (earlier, later) -> later.strip());
    }
}
