/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.cli.job;

import java.util.List;
import java.util.concurrent.Callable;
import org.diracee.cli.Connection;
import org.diracee.cli.ExitCode;
import org.diracee.cli.Surroundings;
import org.diracee.cli.output.JsonOutput;
import org.diracee.client.Jobs;
import org.diracee.client.wire.BulkAnswer;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** A command that changes jobs and tells of each whether that was possible. */
abstract class JobChange implements Callable<Integer> {

    private final Surroundings surroundings;
    private final String done;

    @Mixin
    private final Connection connection;

    @Parameters(arity = "1..*", paramLabel = "ID", description = "Job ids and ranges, as in 1-24.")
    private List<String> ids = List.of();

    /** @param done what has happened to the jobs, as in {@code killed} */
    JobChange(Surroundings surroundings, String done) {
        this.surroundings = surroundings;
        this.done = done;
        this.connection = new Connection(surroundings);
    }

    abstract BulkAnswer<?> change(Jobs jobs, List<Long> jobIds, String source);

    @Override
    public Integer call() {
        String source = "User: " + connection.username();
        BulkAnswer<?> answer = change(new Jobs(connection.client()), JobIds.parse(ids), source);
        if (connection.json()) {
            JsonOutput.print(surroundings.out(), answer);
        } else if (!answer.success().isEmpty()) {
            String changed = JobIds.text(answer.success().keySet());
            surroundings
                    .out()
                    .println(
                            surroundings.terminal()
                                    ? JobIds.counted(answer.success().keySet()) + " " + done + ": " + changed
                                    : changed);
        }
        answer.failed().forEach((id, why) -> surroundings.say("Job " + id + " not " + done + ": " + why.detail()));
        return answer.failed().isEmpty() ? ExitCode.OK : ExitCode.JOBS_FAILED;
    }
}
