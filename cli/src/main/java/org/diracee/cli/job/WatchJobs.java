/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.cli.job;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.diracee.cli.CommandFailure;
import org.diracee.cli.Connection;
import org.diracee.cli.ExitCode;
import org.diracee.cli.Following;
import org.diracee.cli.Surroundings;
import org.diracee.cli.output.JsonOutput;
import org.diracee.cli.output.Printable;
import org.diracee.cli.output.Times;
import org.diracee.client.FollowedJobs;
import org.diracee.client.Jobs;
import org.diracee.client.wire.JobChange;
import org.diracee.client.wire.JobChanges;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Shows what happens to jobs while it happens. */
@Command(
        name = "watch",
        description = "Show every change of jobs as it happens, until it is stopped; survives a server that goes away.")
public final class WatchJobs implements Callable<Integer> {

    private final Surroundings surroundings;

    @Mixin
    private final Connection connection;

    @Parameters(
            arity = "0..*",
            paramLabel = "ID",
            description = "Job ids and ranges, as in 1-24; none: your jobs, also those that you are about to submit.")
    private List<String> ids = List.of();

    @Option(
            names = {"-g", "--group"},
            paramLabel = "GROUP",
            split = ",",
            description = "Only jobs of one of these job groups (JobGroup).")
    private List<String> groups = List.of();

    @Option(
            names = {"-s", "--status"},
            paramLabel = "STATUS",
            split = ",",
            description = "Only changes to one of these statuses, as in Running,Failed.")
    private List<String> statuses = List.of();

    @Option(
            names = {"-a", "--all"},
            description = "Jobs of everybody.")
    private boolean all;

    @Mixin
    private final Following following = new Following();

    public WatchJobs(Surroundings surroundings) {
        this.surroundings = surroundings;
        this.connection = new Connection(surroundings);
    }

    @Override
    public Integer call() throws InterruptedException {
        if (all && !ids.isEmpty()) {
            throw CommandFailure.usage("--all and ids exclude each other.");
        }
        boolean mine = ids.isEmpty() && !all;
        FollowedJobs followed = new FollowedJobs(
                JobIds.text(JobIds.parse(ids)),
                groups,
                statuses,
                mine ? Optional.of(connection.username()) : Optional.empty());
        Jobs jobs = new Jobs(connection.client());
        following.follow(surroundings, longest -> {
            JobChanges page = jobs.changes(followed, following.cursor(), longest);
            page.changes().forEach(this::print);
            surroundings.out().flush();
            following.moveTo(page.next());
        });
        return ExitCode.OK;
    }

    private void print(JobChange change) {
        if (connection.json()) {
            JsonOutput.printLine(surroundings.out(), change);
            return;
        }
        Times times = new Times(surroundings.clock().getZone(), surroundings.terminal());
        surroundings
                .out()
                .println(String.join(
                        "\t",
                        times.text(change.statusTime()),
                        Long.toString(change.jobId()),
                        Printable.text(change.status()),
                        Printable.text(change.minorStatus()),
                        Printable.text(change.applicationStatus()),
                        Printable.text(change.source())));
    }
}
