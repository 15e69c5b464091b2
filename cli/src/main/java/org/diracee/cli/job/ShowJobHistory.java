/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.cli.job;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.diracee.cli.CommandFailure;
import org.diracee.cli.Connection;
import org.diracee.cli.ExitCode;
import org.diracee.cli.Surroundings;
import org.diracee.cli.output.JsonOutput;
import org.diracee.cli.output.Table;
import org.diracee.cli.output.Times;
import org.diracee.client.Jobs;
import org.diracee.client.wire.JobHistory;
import org.diracee.client.wire.SearchCondition;
import org.diracee.client.wire.SearchHistory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Shows how many jobs there were over a time. */
@Command(name = "history", description = "Show how many jobs you had over a time, counted every minute.")
public final class ShowJobHistory implements Callable<Integer> {

    private final Surroundings surroundings;

    @Mixin
    private final Connection connection;

    @Mixin
    private final JobFilter filter = new JobFilter();

    @Option(
            names = "--since",
            paramLabel = "TIME",
            description = "Not before this time, as in 2026-11-26T12:00Z; a day ago unless given.")
    private Optional<String> since = Optional.empty();

    @Option(names = "--until", paramLabel = "TIME", description = "Before this time; now unless given.")
    private Optional<String> until = Optional.empty();

    @Option(
            names = "--step",
            paramLabel = "MINUTES",
            defaultValue = "60",
            description = "A number is the average over so many minutes; ${DEFAULT-VALUE} unless given.")
    private int step;

    @Option(
            names = "--by",
            paramLabel = "COLUMN",
            split = ",",
            defaultValue = "Status",
            description = "Count by these columns: VO, Owner, OwnerGroup, JobGroup, Site, JobType, Status, MinorStatus;"
                    + " ${DEFAULT-VALUE} unless given.")
    private List<String> columns = List.of();

    @Option(
            names = {"-s", "--status"},
            paramLabel = "STATUS",
            split = ",",
            description = "Only those in one of these statuses, as in Running,Failed.")
    private List<String> statuses = List.of();

    @Option(names = "--site", paramLabel = "SITE", split = ",", description = "Only those at one of these sites.")
    private List<String> sites = List.of();

    public ShowJobHistory(Surroundings surroundings) {
        this.surroundings = surroundings;
        this.connection = new Connection(surroundings);
    }

    @Override
    public Integer call() {
        if (step < 1) {
            throw CommandFailure.usage("--step " + step + ": at least 1 minute is needed.");
        }
        Instant to = until.map(text -> time("--until", text))
                .orElse(surroundings.clock().instant());
        Instant from = since.map(text -> time("--since", text)).orElse(to.minus(Duration.ofDays(1)));
        List<SearchCondition> common = new ArrayList<>(JobFilter.inStatus(statuses));
        common.addAll(JobFilter.anyOf("Site", sites));
        JobHistory history = new Jobs(connection.client())
                .history(new SearchHistory(
                        from,
                        to,
                        Optional.of(Duration.ofMinutes(step).toSeconds()),
                        columns,
                        filter.conditions(connection.username(), common)));
        if (connection.json()) {
            JsonOutput.print(surroundings.out(), history);
        } else {
            print(history);
        }
        return ExitCode.OK;
    }

    private void print(JobHistory history) {
        List<String> heading = new ArrayList<>(List.of("TIME"));
        columns.forEach(column -> heading.add(column.toUpperCase(Locale.ROOT)));
        heading.add("JOBS");
        Table table = new Table(heading.toArray(String[]::new));
        Times times = new Times(surroundings.clock().getZone(), surroundings.terminal());
        for (int i = 0; i < history.times().size(); i++) {
            for (JobHistory.Series series : history.series()) {
                double jobs = series.jobs().get(i);
                if (jobs > 0) {
                    List<String> row =
                            new ArrayList<>(List.of(times.text(history.times().get(i))));
                    columns.forEach(
                            column -> row.add(Objects.toString(series.values().get(column), "")));
                    row.add(String.format(Locale.ROOT, "%.1f", jobs));
                    table.row(row);
                }
            }
        }
        if (table.isEmpty()) {
            surroundings.say("No jobs were counted then.");
        } else {
            table.print(surroundings.out(), surroundings.terminal());
        }
    }

    private static Instant time(String option, String text) {
        try {
            return OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeException wrong) {
            throw CommandFailure.usage(
                    option + " " + text + ": a time with its offset is expected, as in 2026-11-26T12:00Z.");
        }
    }
}
