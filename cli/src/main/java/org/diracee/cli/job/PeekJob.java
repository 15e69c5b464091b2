/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.cli.job;

import java.util.concurrent.Callable;
import org.diracee.cli.CommandFailure;
import org.diracee.cli.Connection;
import org.diracee.cli.ExitCode;
import org.diracee.cli.Surroundings;
import org.diracee.cli.output.JsonOutput;
import org.diracee.cli.output.Printable;
import org.diracee.client.Jobs;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Shows the last lines that a running job has written. */
@Command(
        name = "peek",
        description = "Show the last lines of a running job's standard output, as of its last heartbeat.")
public final class PeekJob implements Callable<Integer> {

    private final Surroundings surroundings;

    @Mixin
    private final Connection connection;

    @Parameters(paramLabel = "ID", description = "The job.")
    private String id = "";

    public PeekJob(Surroundings surroundings) {
        this.surroundings = surroundings;
        this.connection = new Connection(surroundings);
    }

    @Override
    public Integer call() {
        long job = SingleJob.parse(id);
        String output = new Jobs(connection.client()).parameters(job).get(ShowJob.OUTPUT);
        if (output == null) {
            throw CommandFailure.refused(
                    "Job " + job + " has not reported any output; a running job does so with each heartbeat.");
        }
        if (connection.json()) {
            JsonOutput.print(surroundings.out(), output);
        } else {
            Printable.text(output).lines().forEach(surroundings.out()::println);
        }
        return ExitCode.OK;
    }
}
