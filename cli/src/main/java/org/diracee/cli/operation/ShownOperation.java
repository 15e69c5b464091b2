/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.cli.operation;

import java.util.function.Function;
import org.diracee.cli.ExitCode;
import org.diracee.cli.Surroundings;
import org.diracee.cli.output.JsonOutput;
import org.diracee.cli.output.Times;
import org.diracee.client.Operations;
import org.diracee.client.wire.OperationRecord;

/**
 * An operation as people read it.
 *
 * @param json whether programs read it
 */
record ShownOperation(Surroundings surroundings, boolean json) {

    private static final int SHOWN_PROBLEMS = 20;

    int print(Operations operations, Function<Operations, OperationRecord> ask) {
        OperationRecord one = ask.apply(operations);
        if (json) {
            JsonOutput.print(surroundings.out(), one);
            return ExitCode.OK;
        }
        Times times = new Times(surroundings.clock().getZone(), surroundings.terminal());
        line("Operation", Long.toString(one.id()));
        line(
                "Action",
                one.action() + one.priority().map(priority -> " " + priority).orElse(""));
        line("State", one.state() + one.reason().map(reason -> ": " + reason).orElse(""));
        line(
                "Jobs",
                one.done() + " done, " + one.failed() + " failed"
                        + one.total()
                                .map(total -> ", " + total + " found at the start")
                                .orElse(""));
        line("Begun", times.text(one.created()));
        one.ended().ifPresent(ended -> line("Ended", times.text(ended)));
        one.expectedEnd().ifPresent(end -> line("Until about", times.text(end)));
        if (one.failed() > 0) {
            operations
                    .problems(one.id(), SHOWN_PROBLEMS)
                    .problems()
                    .forEach(problem -> line("Job " + problem.jobId(), problem.detail()));
        }
        return ExitCode.OK;
    }

    private void line(String name, String value) {
        surroundings.out().printf("%-12s %s%n", name, value);
    }
}
