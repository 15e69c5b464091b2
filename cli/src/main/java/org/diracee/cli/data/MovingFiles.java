/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.cli.data;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.diracee.cli.CommandFailure;
import org.diracee.cli.ExitCode;
import org.diracee.cli.Surroundings;
import org.diracee.cli.output.JsonOutput;
import org.diracee.cli.output.Printable;
import org.diracee.cli.output.ProgressBar;
import org.diracee.client.CallInterrupted;
import org.diracee.client.DataManager;
import org.diracee.client.TransferProgress;
import org.diracee.client.wire.BulkAnswer;
import org.diracee.client.wire.LfnAnswer;
import picocli.CommandLine.Option;

/** A command that moves files, several at a time, and tells of each that fails why. */
abstract class MovingFiles extends LfnCommand {

    private static final int MOST = 64;

    @Option(
            names = {"-p", "--parallel"},
            paramLabel = "N",
            defaultValue = "4",
            description = "How many files are moved at a time; 4 unless given.")
    private int parallel = 4;

    MovingFiles(Surroundings surroundings) {
        super(surroundings);
    }

    /** Moves one file; tells from where or to where. */
    interface Move {
        String with(DataManager data, TransferProgress progress) throws IOException;
    }

    /** Moves all, each by its name for people. */
    final int move(String doing, String done, Map<String, Move> moves) throws InterruptedException {
        if (parallel < 1 || parallel > MOST) {
            throw CommandFailure.usage("--parallel " + parallel + ": allowed is 1 to " + MOST);
        }
        DataManager data = new DataManager(client());
        Map<String, String> moved = new LinkedHashMap<>();
        Map<String, BulkAnswer.FailedItem> failed = new LinkedHashMap<>();
        ExecutorService workers = Executors.newFixedThreadPool(Math.min(parallel, Math.max(1, moves.size())));
        try (ProgressBar bar = new ProgressBar(surroundings(), doing)) {
            Map<String, Future<String>> running = new LinkedHashMap<>();
            moves.forEach((name, move) -> running.put(name, workers.submit(() -> move.with(data, bar.transfer()))));
            for (Map.Entry<String, Future<String>> move : running.entrySet()) {
                try {
                    moved.put(move.getKey(), move.getValue().get());
                } catch (ExecutionException failure) {
                    failed.put(move.getKey(), why(failure));
                }
            }
        } finally {
            workers.shutdownNow();
        }
        tell(done, moved, failed);
        return failed.isEmpty() ? ExitCode.OK : ExitCode.JOBS_FAILED;
    }

    private void tell(String done, Map<String, String> moved, Map<String, BulkAnswer.FailedItem> failed) {
        if (json()) {
            JsonOutput.print(surroundings().out(), new LfnAnswer<>(moved, failed));
        } else {
            moved.forEach((name, se) -> surroundings()
                    .out()
                    .println(Printable.text(
                            surroundings().terminal() ? name + " " + done + " " + se : name + "\t" + se)));
        }
        told(failed);
        if (surroundings().terminal() && moved.size() + failed.size() > 1) {
            surroundings().say(moved.size() + " done, " + failed.size() + " failed");
        }
    }

    private static BulkAnswer.FailedItem why(ExecutionException failure) throws InterruptedException {
        Throwable cause = failure.getCause() == null ? failure : failure.getCause();
        if (cause instanceof CallInterrupted) {
            throw new InterruptedException();
        }
        if (cause instanceof Error error) {
            throw error;
        }
        return failedItem(cause);
    }
}
