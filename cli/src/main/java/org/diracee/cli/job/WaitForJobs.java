/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.cli.job;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.diracee.cli.Connection;
import org.diracee.cli.Surroundings;
import org.diracee.cli.output.JsonOutput;
import org.diracee.client.Jobs;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Waits until jobs have ended. */
@Command(
        name = "wait",
        description = "Wait until jobs have ended; ends with 0 only if all of them are Done, otherwise with 1.")
public final class WaitForJobs implements Callable<Integer> {

    private final Surroundings surroundings;

    @Mixin
    private final Connection connection;

    @Parameters(arity = "1..*", paramLabel = "ID", description = "Job ids and ranges, as in 1-24.")
    private List<String> ids = List.of();

    @Option(names = "--timeout", paramLabel = "SECONDS", description = "Wait no longer.")
    private @Nullable Long timeout;

    public WaitForJobs(Surroundings surroundings) {
        this.surroundings = surroundings;
        this.connection = new Connection(surroundings);
    }

    @Override
    public Integer call() throws InterruptedException {
        JobWatch.Result result = new JobWatch(surroundings, new Jobs(connection.client()))
                .await(JobIds.parse(ids), Optional.ofNullable(timeout).map(Duration::ofSeconds));
        if (connection.json()) {
            JsonOutput.print(surroundings.out(), result.byText());
        }
        return result.exitCode();
    }
}
