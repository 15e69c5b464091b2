/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.cli.pilot;

import java.util.List;
import org.diracee.cli.Listing;
import org.diracee.cli.Surroundings;
import org.diracee.client.ApiClient;
import org.diracee.client.FoundRows;
import org.diracee.client.Pilots;
import org.diracee.client.wire.Search;
import org.diracee.client.wire.SearchCondition;
import picocli.CommandLine.Command;

/** Lists pilots, the newest first. */
@Command(name = "list", description = "List the pilots of your VO, the newest first.")
public final class ListPilots extends Listing {

    private static final What PILOTS = new What(
            "pilots",
            "PilotID",
            "GridSite",
            List.of("Submitted", "Waiting", "Running", "Done", "Failed", "Deleted", "Aborted", "Unknown"),
            List.of(
                    "PilotStamp",
                    "Status",
                    "DestinationSite",
                    "GridSite",
                    "Queue",
                    "CurrentJobID",
                    "SubmissionTime",
                    "LastUpdateTime",
                    "StatusReason"),
            List.of("PILOT", "STATUS", "CE", "SITE", "QUEUE", "JOB", "SUBMITTED", "LAST NEWS", "REASON"));

    public ListPilots(Surroundings surroundings) {
        super(surroundings, PILOTS);
    }

    @Override
    protected List<SearchCondition> conditions() {
        return common();
    }

    @Override
    protected FoundRows search(ApiClient client, Search search, int page, int perPage) {
        return new Pilots(client).search(search, page, perPage);
    }
}
