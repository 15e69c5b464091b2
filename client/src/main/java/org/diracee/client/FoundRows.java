/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.client;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.diracee.client.wire.Search;

/**
 * One page of a search.
 *
 * @param rows by the columns' names
 * @param total how many rows match on all pages
 */
public record FoundRows(List<ObjectNode> rows, long total) {

    /** The largest page that the server gives. */
    public static final int MAX_PAGE = 10_000;

    private static final int BEYOND_THE_END = 416;
    private static final Pattern TOTAL = Pattern.compile(".*/(\\d+)");

    public FoundRows {
        rows = List.copyOf(rows);
    }

    static FoundRows search(ApiClient client, String path, Search search, int page, int perPage) {
        long before = (long) (page - 1) * perPage;
        ApiResponse answer;
        try {
            answer = client.exchange(ApiRequest.post(path)
                    .query("page", page)
                    .query("per_page", perPage)
                    .json(search)
                    .repeatable());
        } catch (ApiError error) {
            if (error.status() == BEYOND_THE_END) {
                return new FoundRows(List.of(), before);
            }
            throw error;
        }
        List<ObjectNode> rows = answer.json(new TypeReference<>() {});
        return new FoundRows(
                rows, answer.header("Content-Range").map(FoundRows::total).orElse(before + rows.size()));
    }

    private static long total(String contentRange) {
        Matcher range = TOTAL.matcher(contentRange);
        return range.matches() ? Long.parseLong(range.group(1)) : 0;
    }
}
