/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.pilot.slot;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.diracee.pilot.process.SearchPath;
import org.diracee.pilot.process.ShortCommand;

/**
 * The time that the batch system leaves the pilot, asked of Slurm, PBS or HTCondor from within a job of theirs.
 *
 * @param environment the pilot's own, in which they say which job it is
 * @param processors of the slot, among which an account of CPU time is divided
 */
public record BatchTime(Map<String, String> environment, SearchPath path, int processors, Clock clock) {

    private static final Duration LONGEST = Duration.ofSeconds(15);
    private static final String SLURM = "SLURM_JOB_ID";
    private static final String PBS = "PBS_JOBID";
    private static final String CONDOR = "_CONDOR_JOB_AD";
    /** {@code [[days-]hours:]minutes:seconds}. */
    private static final Pattern TIME = Pattern.compile("(?:(?:(\\d{1,5})-)?(\\d{1,6}):)?(\\d{1,6}):(\\d{1,2})");

    private static final Pattern ATTRIBUTE = Pattern.compile("\\s*([A-Za-z_.]+)\\s*=\\s*(.*?)\\s*");

    public BatchTime {
        environment = Map.copyOf(environment);
    }

    /** Returns the time left, if a batch system tells it. */
    public Optional<Duration> left() {
        return Stream.of(slurm(), pbs(), condor())
                .flatMap(Optional::stream)
                .map(left -> left.isNegative() ? Duration.ZERO : left)
                .findFirst();
    }

    /** Whether we are in a job of one of them. */
    public boolean isBatchJob() {
        return Stream.of(SLURM, PBS, CONDOR).anyMatch(environment::containsKey);
    }

    private Optional<Duration> slurm() {
        return Optional.ofNullable(environment.get(SLURM))
                .flatMap(job -> answer("squeue", "-h", "-j", job, "-o", "%L"))
                .flatMap(output -> least(output.lines().map(String::strip)));
    }

    private Optional<Duration> pbs() {
        return Optional.ofNullable(environment.get(PBS))
                .flatMap(job -> answer("qstat", "-f", job))
                .flatMap(output -> {
                    Optional<Duration> wall = pbsLeft(output, "walltime");
                    Optional<Duration> cpu = pbsLeft(output, "cput").map(left -> left.dividedBy(processors));
                    return Stream.of(wall, cpu).flatMap(Optional::stream).min(Duration::compareTo);
                });
    }

    private static Optional<Duration> pbsLeft(String output, String resource) {
        Optional<Duration> limit = least(attributes(output, "Resource_List." + resource));
        Duration used = least(attributes(output, "resources_used." + resource)).orElse(Duration.ZERO);
        return limit.map(all -> all.minus(used));
    }

    /** Neither ad has a limit by itself; what sites call it are {@code MaxRuntime} in seconds and {@code MaxWallTime} in minutes. */
    private Optional<Duration> condor() {
        String job = ad(CONDOR);
        String machine = ad("_CONDOR_MACHINE_AD");
        Optional<Duration> limit = Stream.of(
                        number(machine, "MaxRuntime", Duration::ofSeconds),
                        number(job, "MaxRuntime", Duration::ofSeconds),
                        number(job, "MaxWallTime", Duration::ofMinutes))
                .flatMap(Optional::stream)
                .min(Duration::compareTo);
        Duration used = number(job, "JobCurrentStartDate", Duration::ofSeconds)
                .map(Duration.ofSeconds(clock.instant().getEpochSecond())::minus)
                .filter(time -> !time.isNegative())
                .orElse(Duration.ZERO);
        return limit.map(all -> all.minus(used));
    }

    private String ad(String variable) {
        try {
            String file = environment.getOrDefault(variable, "");
            return file.isEmpty() ? "" : new String(Files.readAllBytes(Path.of(file)), UTF_8);
        } catch (IOException unreadable) {
            return "";
        }
    }

    private Optional<String> answer(String program, String... arguments) {
        return path.find(program)
                .flatMap(found -> ShortCommand.run(
                        Stream.concat(Stream.of(found.toString()), Stream.of(arguments))
                                .toList(),
                        LONGEST))
                .filter(ShortCommand::isSuccess)
                .map(ShortCommand::output);
    }

    private static Optional<Duration> number(String ad, String name, Function<Long, Duration> unit) {
        return attributes(ad, name)
                .filter(value -> value.matches("[0-9]{1,12}"))
                .map(Long::valueOf)
                .map(unit)
                .min(Duration::compareTo);
    }

    /** Names in ads and of resources are the same in whatever case. */
    private static Stream<String> attributes(String text, String name) {
        return text.lines()
                .map(ATTRIBUTE::matcher)
                .filter(line -> line.matches() && line.group(1).equalsIgnoreCase(name))
                .map(line -> line.group(2));
    }

    private static Optional<Duration> least(Stream<String> times) {
        return times.map(BatchTime::time).flatMap(Optional::stream).min(Duration::compareTo);
    }

    private static Optional<Duration> time(String text) {
        Matcher time = TIME.matcher(text);
        if (!time.matches()) {
            // as UNLIMITED or NOT_SET
            return Optional.empty();
        }
        List<Long> parts = Stream.of(1, 2, 3, 4)
                .map(group -> time.group(group) == null ? 0L : Long.parseLong(time.group(group)))
                .toList();
        return Optional.of(Duration.ofDays(parts.get(0))
                .plusHours(parts.get(1))
                .plusMinutes(parts.get(2))
                .plusSeconds(parts.get(3)));
    }
}
