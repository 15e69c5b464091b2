/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.pilot.process;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/** A running payload: its first process, all that it started, and the guard that outlives the pilot. */
public final class Payload implements AutoCloseable {

    /** The variable whose value marks the processes of one payload. */
    public static final String MARK_VARIABLE = "DIRAC_PAYLOAD";

    private static final Duration LONGEST_KILL = Duration.ofSeconds(30);

    private final Process process;
    private final PayloadProcesses processes;
    private final PayloadGuard guard;
    private final long begin = System.nanoTime();

    private Payload(Process process, PayloadProcesses processes, PayloadGuard guard) {
        this.process = process;
        this.processes = processes;
        this.guard = guard;
    }

    /**
     * Starts the payload in a session of its own.
     *
     * @param mark unique among all payloads of this machine
     * @param grace between TERM and KILL if the pilot dies
     * @param endedChildren the same for all payloads of this pilot
     * @throws IOException if the command cannot be run
     */
    public static Payload start(
            PayloadCommand command, Session session, String mark, Duration grace, EndedChildren endedChildren)
            throws IOException {
        ProcessTable table = ProcessTable.ofThisMachine();
        String setting = MARK_VARIABLE + "=" + mark;
        PayloadGuard guard = PayloadGuard.start(session, setting, grace, command.directory());
        try {
            Process process = builder(command, session, mark).start();
            PayloadProcesses processes = new PayloadProcesses(
                    table,
                    endedChildren,
                    process.pid(),
                    session.isOwn(),
                    command.isEnclosed(),
                    setting,
                    command.directory());
            Payload payload = new Payload(process, processes, guard);
            payload.tellGuard(session);
            return payload;
        } catch (IOException | RuntimeException notStarted) {
            guard.close();
            throw notStarted;
        }
    }

    private void tellGuard(Session session) throws IOException {
        try {
            guard.watch(session.isOwn() ? process.pid() : 0);
        } catch (IOException guardIsDead) {
            close();
            throw guardIsDead;
        }
    }

    private static ProcessBuilder builder(PayloadCommand command, Session session, String mark) {
        List<String> words = new ArrayList<>(session.prefix());
        words.addAll(command.command());
        Map<String, String> environment = new HashMap<>(command.environment());
        environment.put(MARK_VARIABLE, mark);
        ProcessBuilder builder = new ProcessBuilder(words)
                .directory(command.directory().toFile())
                .redirectInput(ProcessBuilder.Redirect.from(new java.io.File("/dev/null")))
                .redirectOutput(command.standardOutput().toFile());
        if (command.standardOutput().equals(command.standardError())) {
            builder.redirectErrorStream(true);
        } else {
            builder.redirectError(command.standardError().toFile());
        }
        builder.environment().clear();
        builder.environment().putAll(environment);
        return builder;
    }

    public long pid() {
        return process.pid();
    }

    /** Completes with the exit code of the first process; a death by a signal counts as 128 and the signal's number. */
    public CompletableFuture<Integer> exitCode() {
        return process.onExit().thenApply(Process::exitValue);
    }

    public Duration wallClock() {
        return Duration.ofNanos(System.nanoTime() - begin);
    }

    /** Measures all processes of the payload. */
    public Usage usage() {
        return processes.usage();
    }

    /** Returns the CPU time after the first process has ended, with what it used since the last look. */
    public Duration cpuAtEnd() {
        awaitCollection();
        return processes.usage().cpu();
    }

    private void awaitCollection() {
        try {
            process.waitFor(1, TimeUnit.SECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Whether the guard still lives; if not, the payload killed it and would survive the pilot. */
    public boolean isGuarded() {
        return guard.isAlive();
    }

    /**
     * Sends a signal to the processes whose command lines match, or to the first one.
     *
     * @return how many
     */
    public int signal(int number, Optional<Pattern> commandLine) {
        return processes.signal(number, commandLine);
    }

    /**
     * Ends all processes of the payload.
     *
     * @return those that could not be ended
     */
    public List<ProcessStat> end(Duration grace) {
        return processes.end(grace, LONGEST_KILL);
    }

    /** Kills what is left without grace, and lets the guard go. */
    @Override
    public void close() {
        if (processes.end(Duration.ZERO, LONGEST_KILL).isEmpty()) {
            guard.dismiss();
        }
        guard.close();
        processes.close();
    }
}
