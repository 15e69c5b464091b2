/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.cli.operation;

import java.time.Duration;
import org.diracee.cli.ExitCode;
import org.diracee.cli.Surroundings;
import org.diracee.cli.output.JsonOutput;
import org.diracee.cli.output.Times;
import org.diracee.client.Operations;
import org.diracee.client.wire.OperationProblemPage;
import org.diracee.client.wire.OperationRecord;

/** Follows an operation to its end; who breaks off leaves it running. */
public final class OperationWatch {

    private static final Duration INTERVAL = Duration.ofSeconds(1);
    private static final int SHOWN_PROBLEMS = 20;
    private static final int CLEARED_WIDTH = 79;

    private final Surroundings surroundings;
    private final Operations operations;
    private final String done;

    /** @param done what happens to the jobs, as in {@code killed} */
    public OperationWatch(Surroundings surroundings, Operations operations, String done) {
        this.surroundings = surroundings;
        this.operations = operations;
        this.done = done;
    }

    /** Returns the exit code: 0 only if all went well. */
    public int follow(long id, boolean json) throws InterruptedException {
        surroundings.say("Operation " + id
                + "; it goes on without this command, and ends with: dirac-ee operation cancel " + id);
        OperationRecord now = operations.operation(id);
        String shown = "";
        while (!now.over()) {
            String text = progress(now);
            if (!text.equals(shown)) {
                show(text);
                shown = text;
            }
            surroundings.pause().of(INTERVAL);
            now = operations.operation(id);
        }
        if (surroundings.liveProgress() && !shown.isEmpty()) {
            surroundings.err().println();
        }
        if (json) {
            JsonOutput.print(surroundings.out(), now);
        } else {
            surroundings.out().println(now.done() + (now.done() == 1 ? " job " : " jobs ") + done);
        }
        now.reason().ifPresent(reason -> surroundings.say("Stopped: " + reason));
        if (now.failed() > 0) {
            tellProblems(now);
        }
        return now.failed() == 0 && now.state().equals("Done") ? ExitCode.OK : ExitCode.JOBS_FAILED;
    }

    private void tellProblems(OperationRecord operation) {
        OperationProblemPage page = operations.problems(operation.id(), SHOWN_PROBLEMS);
        page.problems()
                .forEach(problem ->
                        surroundings.say("Job " + problem.jobId() + " not " + done + ": " + problem.detail()));
        long more = operation.failed() - page.problems().size();
        if (more > 0) {
            surroundings.say("… and " + more + " more.");
        }
    }

    private String progress(OperationRecord now) {
        Times times = new Times(surroundings.clock().getZone(), true);
        return now.done() + now.total().map(total -> " of " + total).orElse("") + " " + done
                + (now.failed() > 0 ? ", " + now.failed() + " not" : "")
                + now.expectedEnd()
                        .map(end -> ", until about " + times.text(end))
                        .orElse("");
    }

    /** Where a person looks on, one line is written over and over. */
    private void show(String text) {
        if (!surroundings.liveProgress()) {
            surroundings.say(text);
            return;
        }
        surroundings.err().print("\r" + text + " ".repeat(Math.max(0, CLEARED_WIDTH - text.length())));
        surroundings.err().flush();
    }
}
