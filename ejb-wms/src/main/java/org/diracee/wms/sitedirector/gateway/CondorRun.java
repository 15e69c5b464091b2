/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.sitedirector.gateway;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.diracee.wms.sitedirector.control.ComputingElementFailure;

/**
 * Programs of HTCondor's command-line client that are run one after the other within a common time. Each has a clean environment. What
 * takes longer is ended with all that it started. The directory of the run, with the token in it, goes at the end.
 */
final class CondorRun implements AutoCloseable {

    /** More than the states of ten thousand pilots. */
    private static final int MOST_READ = 16 * 1024 * 1024;

    private final PilotDirectory directory;
    private final Map<String, String> environment;
    private final Duration limit;
    private final long start = System.nanoTime();

    /** @param exitCode none if the program was ended, as it took too long */
    record Answer(Optional<Integer> exitCode, String output, String errors) {

        boolean isSuccess() {
            return exitCode.equals(Optional.of(0));
        }

        /** What is known of why it failed. */
        String reason() {
            String said = LastWords.of(errors.isBlank() ? output : errors);
            return exitCode.map(code -> said.isEmpty() ? "exit code " + code : said)
                    .orElse("it did not answer in time and was ended");
        }
    }

    /**
     * @param directory that exists and is ours alone
     * @param environment beside what every program needs
     * @param limit for all programs together
     */
    CondorRun(PilotDirectory directory, Map<String, String> environment, Duration limit) {
        this.directory = directory;
        this.environment = Map.copyOf(environment);
        this.limit = limit;
    }

    PilotDirectory directory() {
        return directory;
    }

    /** @throws ComputingElementFailure if the program is not there */
    Answer run(String program, List<String> arguments) {
        List<String> command = new ArrayList<>();
        command.add(program);
        command.addAll(arguments);
        Path output = directory.path().resolve("output");
        Path errors = directory.path().resolve("errors");
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(directory.path().toFile())
                .redirectInput(new File("/dev/null"))
                .redirectOutput(output.toFile())
                .redirectError(errors.toFile());
        Map<String, String> variables = builder.environment();
        String configuration = variables.get("CONDOR_CONFIG");
        String path = variables.get("PATH");
        variables.clear();
        variables.put("PATH", path == null ? "/usr/bin:/bin" : path);
        variables.put("HOME", directory.path().toString());
        variables.put("LANG", "C.UTF-8");
        if (configuration != null) {
            variables.put("CONDOR_CONFIG", configuration);
        }
        variables.putAll(environment);
        try {
            Process process = builder.start();
            Optional<Integer> exitCode = await(process);
            return new Answer(exitCode, read(output), read(errors));
        } catch (IOException failure) {
            throw new ComputingElementFailure(
                    "The server cannot run " + program
                            + ": install HTCondor's command-line client, or name its directory by CondorCommands",
                    failure);
        }
    }

    private Optional<Integer> await(Process process) {
        try {
            long left = limit.toNanos() - (System.nanoTime() - start);
            if (process.waitFor(Math.max(0, left), TimeUnit.NANOSECONDS)) {
                return Optional.of(process.exitValue());
            }
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
        List<ProcessHandle> offspring = process.descendants().toList();
        process.destroyForcibly();
        offspring.forEach(ProcessHandle::destroyForcibly);
        return Optional.empty();
    }

    private static String read(Path file) throws IOException {
        if (Files.size(file) > MOST_READ) {
            throw new ComputingElementFailure("HTCondor answers more than " + MOST_READ + " bytes");
        }
        return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        directory.removeQuietly();
    }
}
