/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.cli.job;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.diracee.cli.CommandFailure;
import org.diracee.cli.Connection;
import org.diracee.cli.ExitCode;
import org.diracee.cli.Surroundings;
import org.diracee.cli.operation.OperationWatch;
import org.diracee.cli.output.JsonOutput;
import org.diracee.client.Jobs;
import org.diracee.client.Operations;
import org.diracee.client.wire.BulkAnswer;
import org.diracee.client.wire.SearchCondition;
import org.diracee.client.wire.StartJobAction;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * A command that changes jobs and tells of each whether that was possible; jobs that are chosen by conditions are changed by
 * an operation at the server.
 */
abstract class JobChange implements Callable<Integer> {

    private final Surroundings surroundings;
    private final String action;
    private final String done;

    @Mixin
    private final Connection connection;

    @Mixin
    private final JobFilter filter = new JobFilter();

    @Option(
            names = {"-s", "--status"},
            paramLabel = "STATUS",
            split = ",",
            description = "Only those in one of these statuses, as in Running,Failed.")
    private List<String> statuses = List.of();

    @Option(names = "--site", paramLabel = "SITE", split = ",", description = "Only those at one of these sites.")
    private List<String> sites = List.of();

    @Parameters(
            arity = "0..*",
            paramLabel = "ID",
            description = "Job ids and ranges, as in 1-24; or choose by options.")
    private List<String> ids = List.of();

    /**
     * @param action the server's word for it
     * @param done what has happened to the jobs, as in {@code killed}
     */
    JobChange(Surroundings surroundings, String action, String done) {
        this.surroundings = surroundings;
        this.action = action;
        this.done = done;
        this.connection = new Connection(surroundings);
    }

    abstract BulkAnswer<?> change(Jobs jobs, List<Long> jobIds, String source);

    /** The priority that the jobs get, if it is that what changes. */
    Optional<Integer> priority() {
        return Optional.empty();
    }

    @Override
    public Integer call() throws InterruptedException {
        boolean chosen = !filter.isEmpty() || !statuses.isEmpty() || !sites.isEmpty();
        if (ids.isEmpty() == !chosen) {
            throw CommandFailure.usage(
                    chosen
                            ? "Job ids and options that choose jobs exclude each other."
                            : "Job ids are needed, or options that choose jobs, as in --group.");
        }
        return chosen ? operate() : changeNamed();
    }

    private int operate() throws InterruptedException {
        List<SearchCondition> common = new ArrayList<>(JobFilter.inStatus(statuses));
        common.addAll(JobFilter.anyOf("Site", sites));
        List<SearchCondition> conditions = filter.conditions(connection.username(), common);
        if (conditions.isEmpty()) {
            throw CommandFailure.usage("--all needs another option that chooses jobs beside it, as --group.");
        }
        Operations operations = new Operations(connection.client());
        long id = operations
                .start(
                        new StartJobAction(action, priority(), conditions),
                        UUID.randomUUID().toString())
                .id();
        return new OperationWatch(surroundings, operations, done).follow(id, connection.json());
    }

    private int changeNamed() {
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
