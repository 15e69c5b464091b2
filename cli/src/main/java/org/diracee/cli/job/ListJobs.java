/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.cli.job;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Pattern;
import org.diracee.cli.CommandFailure;
import org.diracee.cli.ExitCode;
import org.diracee.cli.Listing;
import org.diracee.cli.Surroundings;
import org.diracee.client.ApiClient;
import org.diracee.client.FoundRows;
import org.diracee.client.Jobs;
import org.diracee.client.wire.Search;
import org.diracee.client.wire.SearchCondition;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Lists jobs, the newest first. */
@Command(name = "list", description = "List your jobs, the newest first.")
public final class ListJobs extends Listing {

    private static final What JOBS = new What(
            "jobs",
            "JobID",
            "Site",
            JobFilter.STATUSES,
            List.of(
                    "JobID",
                    "Status",
                    "MinorStatus",
                    "ApplicationStatus",
                    "Site",
                    "JobName",
                    "Owner",
                    "SubmissionTime"),
            List.of("JOB", "STATUS", "MINOR STATUS", "APPLICATION STATUS", "SITE", "NAME", "OWNER", "SUBMITTED"));

    @Mixin
    private final JobFilter filter = new JobFilter();

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            description =
                    "Print all columns of all that match, as csv or as ndjson (one JSON document per line), in the order"
                            + " of their ids; excludes --limit.")
    private @Nullable Format format;

    /** The beginning of the last line of an export that is not whole. */
    private static final Pattern INCOMPLETE = Pattern.compile("^(\"?Incomplete: |\\{\"Incomplete\":)");

    private final Surroundings surroundings;

    public ListJobs(Surroundings surroundings) {
        super(surroundings, JOBS);
        this.surroundings = surroundings;
    }

    /** How everything is printed that matches. */
    enum Format {
        csv("text/csv"),
        ndjson("application/x-ndjson");

        private final String mediaType;

        Format(String mediaType) {
            this.mediaType = mediaType;
        }
    }

    @Override
    public Integer call() {
        Format wanted = format;
        if (wanted == null) {
            return super.call();
        }
        if (isLimited()) {
            throw CommandFailure.usage("--format prints all that match; with --limit use --json.");
        }
        Search search = Search.where(conditions().toArray(SearchCondition[]::new));
        String[] last = {""};
        new Jobs(connection().client()).export(search, wanted.mediaType, body -> new BufferedReader(
                        new InputStreamReader(body, StandardCharsets.UTF_8))
                .lines()
                .forEach(line -> {
                    surroundings.out().println(line);
                    last[0] = line;
                }));
        surroundings.out().flush();
        if (INCOMPLETE.matcher(last[0]).find()) {
            throw CommandFailure.refused("The server broke off: its last line says why. Repeat the command.");
        }
        return ExitCode.OK;
    }

    @Override
    protected List<SearchCondition> conditions() {
        return filter.conditions(connection().username(), common());
    }

    @Override
    protected FoundRows search(ApiClient client, Search search, int page, int perPage) {
        return new Jobs(client).search(search, page, perPage);
    }
}
