/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.client;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.diracee.client.wire.Search;

/** Pilots, as users and administrators see them. */
public final class Pilots {

    private final ApiClient client;

    public Pilots(ApiClient client) {
        this.client = client;
    }

    /**
     * Searches pilots.
     *
     * @param page counts from 1
     * @param perPage at most {@link FoundRows#MAX_PAGE}
     */
    public FoundRows search(Search search, int page, int perPage) {
        return FoundRows.search(client, "/api/pilots/search", search, page, perPage);
    }

    /** Returns what the pilot wrote, oldest line first: timestamp, severity, scope and message. */
    public List<ObjectNode> log(String stamp) {
        return client.call(
                ApiRequest.get("/api/pilots/" + ApiRequest.segment(stamp) + "/log"), new TypeReference<>() {});
    }
}
