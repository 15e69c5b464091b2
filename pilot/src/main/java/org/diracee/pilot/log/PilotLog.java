/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.pilot.log;

import java.io.PrintStream;
import java.time.Clock;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.diracee.pilot.control.Backoff;
import org.diracee.pilot.control.LogLine;
import org.diracee.pilot.control.ServerAway;
import org.diracee.pilot.control.ServerRefusal;

/**
 * The pilot's log: each line goes to standard output at once and to the server soon, in batches. Writing never waits for the
 * server; if it is away for long, the oldest lines are given up and their number is told.
 */
public final class PilotLog implements AutoCloseable {

    private static final int MAX_WAITING = 10_000;
    private static final int BATCH = 200;
    private static final int MAX_MESSAGE = 4000;
    private static final Duration COLLECT = Duration.ofMillis(500);

    /** Sends lines to the server. */
    public interface Sink {

        /** @param first the number of the first line in this log; the others follow it without a gap */
        void send(long first, List<LogLine> lines);
    }

    /**
     * A line that waits.
     *
     * @param number counts all lines of this log, so that the server keeps each once however often it is sent
     * @param lines how many lines it stands for
     */
    private record Waiting(long number, long lines, LogLine line) {}

    private final Clock clock;
    private final PrintStream out;
    private final Backoff backoff;
    private final Deque<Waiting> waiting = new ArrayDeque<>();
    private long next;
    private long lost;
    private long lastLost;
    private boolean closing;
    private boolean refused;
    private boolean idle = true;
    private final Thread sender;
    private Sink sink = (first, lines) -> {};
    private boolean connected;

    public PilotLog(Clock clock, PrintStream out, Backoff backoff) {
        this.clock = clock;
        this.out = out;
        this.backoff = backoff;
        this.sender = new Thread(this::sendAll, "pilot-log");
        sender.setDaemon(true);
    }

    /** Begins to send, first what was logged so far. */
    public synchronized void connect(Sink server) {
        sink = server;
        connected = true;
        sender.start();
    }

    public void info(String scope, String message) {
        add("INFO", scope, message);
    }

    public void warn(String scope, String message) {
        add("WARNING", scope, message);
    }

    public void error(String scope, String message) {
        add("ERROR", scope, message);
    }

    private void add(String severity, String scope, String message) {
        String shown = message.length() <= MAX_MESSAGE ? message : message.substring(0, MAX_MESSAGE) + "…";
        LogLine line = new LogLine(clock.instant(), severity, scope, shown.replace('\0', '?'));
        out.println(
                line.timestamp().truncatedTo(ChronoUnit.MILLIS) + " " + severity + " " + scope + ": " + line.message());
        out.flush();
        synchronized (this) {
            if (refused) {
                return;
            }
            if (waiting.size() == MAX_WAITING) {
                lose(waiting.removeFirst());
            }
            waiting.addLast(new Waiting(next, 1, line));
            next++;
            notifyAll();
        }
    }

    private void lose(Waiting old) {
        lost += old.lines();
        lastLost = Math.max(lastLost, old.number());
    }

    private void sendAll() {
        int failed = 0;
        while (true) {
            List<Waiting> batch = next();
            if (batch.isEmpty()) {
                return;
            }
            try {
                sink.send(
                        batch.get(0).number(), batch.stream().map(Waiting::line).toList());
                failed = 0;
            } catch (ServerAway away) {
                putBack(batch);
                failed++;
                backoff.await(failed);
            } catch (ServerRefusal refusal) {
                giveUp(refusal);
                return;
            }
        }
    }

    /** Returns what to send next; empty when all is sent and the log is closed. */
    private synchronized List<Waiting> next() {
        idle = waiting.isEmpty();
        notifyAll();
        while (waiting.isEmpty()) {
            if (closing) {
                return List.of();
            }
            waitFor(COLLECT);
        }
        idle = false;
        long collected = System.nanoTime() + COLLECT.toNanos();
        while (waiting.size() < BATCH && !closing && System.nanoTime() < collected) {
            waitFor(COLLECT);
        }
        List<Waiting> batch = new ArrayList<>();
        if (lost > 0) {
            // in the place of the last of them
            LogLine told = new LogLine(
                    clock.instant(), "WARNING", "PilotLog", lost + " lines were lost while the server was away");
            batch.add(new Waiting(lastLost, lost, told));
            lost = 0;
        }
        while (!waiting.isEmpty() && batch.size() < BATCH) {
            batch.add(waiting.removeFirst());
        }
        return batch;
    }

    private synchronized void putBack(List<Waiting> batch) {
        for (int i = batch.size() - 1; i >= 0; i--) {
            if (waiting.size() < MAX_WAITING) {
                waiting.addFirst(batch.get(i));
            } else {
                lose(batch.get(i));
            }
        }
    }

    private synchronized void giveUp(ServerRefusal refusal) {
        refused = true;
        idle = true;
        waiting.clear();
        notifyAll();
        out.println("The server takes no more lines of this log: " + refusal.detail());
        out.flush();
    }

    private synchronized void waitFor(Duration longest) {
        try {
            wait(Math.max(1, longest.toMillis()));
        } catch (InterruptedException interrupted) {
            closing = true;
        }
    }

    /** Sends what waits, but for no longer than this. */
    public void close(Duration longest) {
        long end = System.nanoTime() + longest.toNanos();
        synchronized (this) {
            closing = true;
            notifyAll();
            while (connected && !(idle && waiting.isEmpty()) && System.nanoTime() < end) {
                try {
                    wait(Math.max(1, (end - System.nanoTime()) / 1_000_000));
                } catch (InterruptedException interrupted) {
                    Thread.currentThread().interrupt();
                    return;
                }
            }
        }
    }

    @Override
    public void close() {
        close(COLLECT);
    }
}
