/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.pilot.process;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * A command of the worker node that answered in time.
 *
 * @param output of both its outputs
 */
public record ShortCommand(int exitCode, String output) {

    private static final int MAX_OUTPUT = 1 << 20;

    /** Runs it with the pilot's own environment; empty if it cannot be run or takes too long. */
    public static Optional<ShortCommand> run(List<String> words, Duration longest) {
        Process process;
        try {
            process = new ProcessBuilder(words)
                    .redirectErrorStream(true)
                    .redirectInput(ProcessBuilder.Redirect.from(new java.io.File("/dev/null")))
                    .start();
        } catch (IOException noSuchCommand) {
            return Optional.empty();
        }
        CompletableFuture<String> output = CompletableFuture.supplyAsync(() -> read(process));
        try {
            if (!process.waitFor(longest.toMillis(), TimeUnit.MILLISECONDS)) {
                return Optional.empty();
            }
            return Optional.of(new ShortCommand(process.exitValue(), output.get(1, TimeUnit.SECONDS)));
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        } catch (java.util.concurrent.ExecutionException | java.util.concurrent.TimeoutException unreadable) {
            return Optional.empty();
        } finally {
            process.destroyForcibly();
        }
    }

    private static String read(Process process) {
        try {
            return new String(process.getInputStream().readNBytes(MAX_OUTPUT), UTF_8);
        } catch (IOException closed) {
            return "";
        }
    }

    public boolean isSuccess() {
        return exitCode == 0;
    }

    /** Returns the last line that is not empty, which tells what went wrong. */
    public String lastLine() {
        return output.lines().filter(line -> !line.isBlank()).reduce("", (earlier, later) -> later.strip());
    }
}
