/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.cli.job;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.diracee.cli.CommandFailure;
import org.diracee.cli.Connection;
import org.diracee.cli.ExitCode;
import org.diracee.cli.Surroundings;
import org.diracee.cli.output.JsonOutput;
import org.diracee.cli.output.Table;
import org.diracee.client.Jobs;
import org.diracee.client.wire.BulkAnswer;
import org.diracee.client.wire.CountFailures;
import org.diracee.client.wire.CountedFailures;
import org.diracee.client.wire.CountedFailures.CountedCause;
import org.diracee.client.wire.SearchCondition;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Starts those jobs of a group anew that have failed for the same cause; without a cause tells which there are. */
@Command(
        name = "retry",
        description = "Start the failed jobs of a group anew, those with one cause.",
        footer = {"", "Without --cause: tell why the jobs of the group have failed, and how many for which cause."})
public final class RetryJobs implements Callable<Integer> {

    private static final int PORTION = 10_000;
    private static final List<String> CAUSES =
            List.of("application", "data", "site", "pilot", "limits", "middleware", "user", "unknown");

    private final Surroundings surroundings;

    @Mixin
    private final Connection connection;

    @Option(names = "--group", required = true, paramLabel = "G", description = "Job group.")
    private String group = "";

    @Option(
            names = "--cause",
            paramLabel = "CAUSE",
            description = "application, data, site, pilot, limits, middleware, user or unknown.")
    private @Nullable String cause;

    public RetryJobs(Surroundings surroundings) {
        this.surroundings = surroundings;
        this.connection = new Connection(surroundings);
    }

    @Override
    public Integer call() {
        if (cause != null && !CAUSES.contains(cause)) {
            throw CommandFailure.usage("'" + cause + "' is no cause: allowed are " + String.join(", ", CAUSES));
        }
        Jobs jobs = new Jobs(connection.client());
        return cause == null ? count(jobs) : retry(jobs, cause);
    }

    private int count(Jobs jobs) {
        CountedFailures failures = jobs.failures(request(Optional.empty(), 0));
        if (connection.json()) {
            JsonOutput.print(surroundings.out(), failures);
        } else {
            Table table = new Table("CAUSE", "JOBS", "MINOR STATUSES");
            failures.causes()
                    .forEach(one -> table.row(
                            one.cause(),
                            Integer.toString(one.jobs()),
                            String.join(", ", one.minorStatuses().keySet())));
            if (table.isEmpty()) {
                surroundings.say(noneFailed());
            } else {
                table.print(surroundings.out(), surroundings.terminal());
            }
            failures.next()
                    .ifPresent(next -> surroundings.say("These are the newest " + failures.examined() + " jobs only."));
        }
        return ExitCode.OK;
    }

    private int retry(Jobs jobs, String wanted) {
        List<Long> done = new ArrayList<>();
        int failed = 0;
        Optional<Long> before = Optional.empty();
        do {
            CountedFailures failures = jobs.failures(request(before, PORTION));
            List<Long> ids = failures.causes().stream()
                    .filter(one -> one.cause().equals(wanted))
                    .map(CountedCause::jobIds)
                    .flatMap(List::stream)
                    .toList();
            if (!ids.isEmpty()) {
                BulkAnswer<?> answer = jobs.reschedule(ids);
                done.addAll(answer.success().keySet());
                failed += answer.failed().size();
                answer.failed()
                        .forEach((id, why) -> surroundings.say("Job " + id + " not rescheduled: " + why.detail()));
            }
            before = failures.next();
        } while (before.isPresent());
        if (done.isEmpty() && failed == 0) {
            surroundings.say(noneFailed());
        }
        if (connection.json()) {
            JsonOutput.print(surroundings.out(), done);
        } else if (surroundings.terminal()) {
            surroundings
                    .out()
                    .println(JobIds.counted(done) + " rescheduled" + (done.isEmpty() ? "" : ": " + JobIds.text(done)));
        } else if (!done.isEmpty()) {
            surroundings.out().println(JobIds.text(done));
        }
        return failed == 0 ? ExitCode.OK : ExitCode.JOBS_FAILED;
    }

    private String noneFailed() {
        return "No job of the group '" + group + "' has failed"
                + (cause == null ? "." : " for the cause " + cause + ".");
    }

    /** Killed jobs were meant to end. */
    private CountFailures request(Optional<Long> before, int ids) {
        return new CountFailures(
                List.of(SearchCondition.of("JobGroup", "eq", group), SearchCondition.of("Status", "eq", "Failed")),
                before,
                Optional.of(ids));
    }
}
