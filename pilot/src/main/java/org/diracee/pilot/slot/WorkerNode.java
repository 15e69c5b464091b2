/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.pilot.slot;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Facts of the machine the pilot runs on, as the batch system lets the pilot see them: where a control group (version 1 or 2)
 * allows less memory or processors than the machine has, the group's limit counts.
 */
public final class WorkerNode {

    private static final long MEGABYTE = 1024 * 1024;
    /** Version 1 writes "no limit" as a number near the largest one. */
    private static final long NO_LIMIT = 1L << 60;

    private final Path proc;
    private final Path controlGroups;

    /**
     * @param proc usually {@code /proc}
     * @param controlGroups usually {@code /sys/fs/cgroup}
     */
    public WorkerNode(Path proc, Path controlGroups) {
        this.proc = proc;
        this.controlGroups = controlGroups;
    }

    public static WorkerNode ofThisMachine() {
        return new WorkerNode(Path.of("/proc"), Path.of("/sys/fs/cgroup"));
    }

    public String hostName() {
        return text(proc.resolve("sys/kernel/hostname")).orElse("unknown");
    }

    /** The model of the processor, or {@code Unknown}; an ARM processor has only numbers, as {@code ARM 0x41/0xd0c}. */
    public String processorModel() {
        Path processors = proc.resolve("cpuinfo");
        return line(processors, "model name")
                .or(() -> line(processors, "CPU implementer")
                        .flatMap(maker -> line(processors, "CPU part").map(part -> "ARM " + maker + "/" + part)))
                .orElse("Unknown");
    }

    /** The average number of processes that could run during the last minute. */
    public double loadAverage() {
        return text(proc.resolve("loadavg"))
                .map(loads -> Double.parseDouble(loads.split(" ")[0]))
                .orElse(0.0);
    }

    /** The platform in DIRAC's form, as {@code x86_64-linux}. */
    public static String platform() {
        String arch = property("os.arch").equals("amd64") ? "x86_64" : property("os.arch");
        return arch + "-" + property("os.name").toLowerCase(Locale.ROOT);
    }

    /** The processors that we may use at once. */
    public static int processors() {
        // the virtual machine knows affinity masks and the quota of control groups
        return Runtime.getRuntime().availableProcessors();
    }

    /** The processors that Slurm or PBS gave to the job that we run in, which they may not enforce. */
    public static OptionalInt processorsOfBatchJob(Map<String, String> environment) {
        return Stream.of("SLURM_CPUS_ON_NODE", "PBS_NUM_PPN", "NCPUS")
                .filter(name -> !name.equals("NCPUS") || environment.containsKey("PBS_JOBID"))
                .map(name -> environment.getOrDefault(name, ""))
                .filter(number -> number.matches("[1-9][0-9]{0,3}"))
                .mapToInt(Integer::parseInt)
                .findFirst();
    }

    /** The memory that we may use in MB: the machine's, or less where a control group says so. */
    public long memoryMegabytes() {
        long machine = line(proc.resolve("meminfo"), "MemTotal")
                .map(value -> Long.parseLong(value.replaceAll("[^0-9]", "")) * 1024)
                .orElse(0L);
        OptionalLong group = memoryOfControlGroup();
        long bytes = group.isPresent() && (machine == 0 || group.getAsLong() < machine) ? group.getAsLong() : machine;
        return bytes / MEGABYTE;
    }

    private OptionalLong memoryOfControlGroup() {
        OptionalLong lowest = OptionalLong.empty();
        for (String entry : text(proc.resolve("self/cgroup")).orElse("").split("\n")) {
            String[] parts = entry.split(":", 3);
            if (parts.length < 3) {
                continue;
            }
            if (parts[1].isEmpty()) {
                lowest = lower(lowest, lowestUpwards(controlGroups, parts[2], "memory.max"));
            } else if (java.util.List.of(parts[1].split(",")).contains("memory")) {
                lowest = lower(
                        lowest, lowestUpwards(controlGroups.resolve("memory"), parts[2], "memory.limit_in_bytes"));
            }
        }
        return lowest;
    }

    /** Limits of all groups above count too; in a container only its own group may be mounted, as the root. */
    private static OptionalLong lowestUpwards(Path root, String group, String file) {
        OptionalLong lowest = OptionalLong.empty();
        Path top = root.normalize();
        Path at = top.resolve(group.replaceFirst("^/+", "")).normalize();
        while (at != null && at.startsWith(top)) {
            lowest = lower(lowest, limit(at.resolve(file)));
            at = at.getParent();
        }
        return lowest;
    }

    private static OptionalLong limit(Path file) {
        return text(file)
                .filter(value -> value.matches("[0-9]{1,18}"))
                .map(Long::parseLong)
                .filter(value -> value < NO_LIMIT)
                .map(OptionalLong::of)
                .orElse(OptionalLong.empty());
    }

    private static OptionalLong lower(OptionalLong one, OptionalLong other) {
        if (one.isEmpty() || other.isEmpty()) {
            return one.isEmpty() ? other : one;
        }
        return one.getAsLong() < other.getAsLong() ? one : other;
    }

    private static Optional<String> line(Path file, String name) {
        return text(file)
                .flatMap(content ->
                        content.lines().filter(line -> line.startsWith(name)).findFirst())
                .map(line -> line.substring(line.indexOf(':') + 1).trim());
    }

    private static Optional<String> text(Path file) {
        try {
            return Optional.of(new String(Files.readAllBytes(file), UTF_8).trim());
        } catch (IOException absent) {
            return Optional.empty();
        }
    }

    private static String property(String name) {
        @Nullable String value = System.getProperty(name);
        return value == null ? "unknown" : value;
    }
}
