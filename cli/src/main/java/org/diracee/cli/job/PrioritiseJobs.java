/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.cli.job;

import java.util.List;
import java.util.Optional;
import org.diracee.cli.CommandFailure;
import org.diracee.cli.Surroundings;
import org.diracee.client.Jobs;
import org.diracee.client.wire.BulkAnswer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Gives jobs another priority among those of their owner's that ask for the same. */
@Command(
        name = "priority",
        description =
                "Give jobs that wait another priority; they go before yours of lower priority that need the same.")
public final class PrioritiseJobs extends JobChange {

    private static final int HIGHEST = 10;

    @Option(
            names = "--to",
            required = true,
            paramLabel = "N",
            description = "The priority, 0 to 10; the highest first.")
    private int priority;

    public PrioritiseJobs(Surroundings surroundings) {
        super(surroundings, "set-priority", "given the priority");
    }

    @Override
    public Integer call() throws InterruptedException {
        if (priority < 0 || priority > HIGHEST) {
            throw CommandFailure.usage("--to " + priority + ": a priority is 0 to " + HIGHEST + ".");
        }
        return super.call();
    }

    @Override
    Optional<Integer> priority() {
        return Optional.of(priority);
    }

    @Override
    BulkAnswer<?> change(Jobs jobs, List<Long> jobIds, String source) {
        return jobs.prioritise(jobIds, priority);
    }
}
