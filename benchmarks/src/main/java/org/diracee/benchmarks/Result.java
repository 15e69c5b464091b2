/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.benchmarks;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * One figure as it is kept under {@code benchmarks/results}.
 *
 * @param work what was done, in one sentence
 * @param value median of the runs
 * @param better {@code higher} or {@code lower}
 * @param limit the same rows by a bare client on the same database, in the same unit
 * @param peer the same work by another program on the same machine, in the same unit
 * @param runs all values
 */
@JsonPropertyOrder({
    "name", "work", "value", "unit", "floor", "goal", "better", "limit", "peer", "command", "runs", "date", "machine"
})
record Result(
        String name,
        String work,
        double value,
        String unit,
        @Nullable Double floor,
        @Nullable Double goal,
        String better,
        @Nullable Double limit,
        @Nullable Peer peer,
        String command,
        double[] runs,
        String date,
        Machine machine) {

    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    /** Where the figure was measured. */
    record Machine(int cores, long memoryMiB, String jdk) {}

    /** Another program that does the same. */
    record Peer(String name, String version, double value) {}

    static Result of(
            String name,
            String work,
            String unit,
            @Nullable Double floor,
            @Nullable Double goal,
            String better,
            @Nullable Double limit,
            double[] runs) {
        return new Result(
                name,
                work,
                rounded(Load.median(runs)),
                unit,
                floor,
                goal,
                better,
                limit == null ? null : (Double) rounded(limit),
                null,
                "benchmarks/run " + name,
                Arrays.stream(runs).map(Result::rounded).toArray(),
                LocalDate.now(ZoneOffset.UTC).toString(),
                here());
    }

    /** A figure of which the largest of the values counts, not the median. */
    Result largest() {
        return withValue(Arrays.stream(runs).max().orElseThrow());
    }

    Result withValue(double other) {
        return new Result(
                name, work, rounded(other), unit, floor, goal, better, limit, peer, command, runs, date, machine);
    }

    /** The same figure with what a peer does. */
    Result beside(String program, String version, double other) {
        Peer found = new Peer(program, version, rounded(other));
        return new Result(name, work, value, unit, floor, goal, better, limit, found, command, runs, date, machine);
    }

    void write(Path directory) throws IOException {
        Files.createDirectories(directory);
        Files.writeString(directory.resolve(name + ".json"), JSON.writeValueAsString(this) + "\n");
    }

    static Result read(Path file) throws IOException {
        return JSON.readValue(file.toFile(), Result.class);
    }

    private static double rounded(double value) {
        return value >= 100 ? Math.rint(value) : Math.rint(value * 100) / 100;
    }

    private static Machine here() {
        long bytes = ManagementFactory.getOperatingSystemMXBean() instanceof com.sun.management.OperatingSystemMXBean os
                ? os.getTotalMemorySize()
                : 0;
        return new Machine(
                Runtime.getRuntime().availableProcessors(), bytes >> 20, System.getProperty("java.version", "unknown"));
    }
}
