/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.cli.job;

import java.util.List;
import org.diracee.cli.Listing;
import org.diracee.cli.Surroundings;
import org.diracee.client.ApiClient;
import org.diracee.client.FoundRows;
import org.diracee.client.Jobs;
import org.diracee.client.wire.Search;
import org.diracee.client.wire.SearchCondition;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Lists jobs, the newest first. */
@Command(name = "list", description = "List your jobs, the newest first.")
public final class ListJobs extends Listing {

    private static final What JOBS = new What(
            "jobs",
            "JobID",
            "Site",
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

    public ListJobs(Surroundings surroundings) {
        super(surroundings, JOBS);
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
