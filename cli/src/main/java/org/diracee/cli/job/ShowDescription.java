/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.cli.job;

import java.util.Map;
import java.util.concurrent.Callable;
import org.diracee.cli.Connection;
import org.diracee.cli.ExitCode;
import org.diracee.cli.Surroundings;
import org.diracee.cli.output.JsonOutput;
import org.diracee.cli.output.Printable;
import org.diracee.client.Jobs;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Shows the description of a job. */
@Command(name = "jdl", description = "Show the description by which a job runs.")
public final class ShowDescription implements Callable<Integer> {

    private final Surroundings surroundings;

    @Mixin
    private final Connection connection;

    @Parameters(paramLabel = "ID", description = "The job.")
    private String id = "";

    @Option(names = "--original", description = "As it was submitted; of a sweep, the whole sweep.")
    private boolean original;

    public ShowDescription(Surroundings surroundings) {
        this.surroundings = surroundings;
        this.connection = new Connection(surroundings);
    }

    @Override
    public Integer call() {
        String jdl = new Jobs(connection.client()).jdl(SingleJob.parse(id), original);
        if (connection.json()) {
            JsonOutput.print(surroundings.out(), Map.of("JDL", jdl));
        } else {
            surroundings.out().println(surroundings.terminal() ? Printable.text(jdl) : jdl);
        }
        return ExitCode.OK;
    }
}
