/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.diracee.client.ApiClient;
import org.diracee.client.ApiRequest;
import org.diracee.client.ClientJson;
import org.diracee.client.Jobs;
import org.diracee.client.wire.Search;
import org.diracee.client.wire.SortOrder;

/** The queries of {@code benchmarks/queries.md}, asked by many users at once over the jobs that are there. */
final class QueryBenchmarks {

    private static final int USERS = 50;
    private static final int IDS = 24;
    private static final Pattern QUERY = Pattern.compile("(?m)^POST ([^?\\s]+)(?:\\?page=(\\d+))?\\n(\\{.*})$");

    private final ApiClient user;
    private final List<Query> queries;

    private record Query(String path, int page, String body) {}

    QueryBenchmarks(ApiClient user, Path root) throws IOException {
        this.user = user;
        this.queries = QUERY.matcher(Files.readString(root.resolve("benchmarks/queries.md")))
                .results()
                .map(query -> new Query(
                        query.group(1), query.group(2) == null ? 1 : Integer.parseInt(query.group(2)), query.group(3)))
                .toList();
    }

    /** @param path of the queries */
    Result percentile(String name, String what, String path, double floor, double goal) throws Exception {
        List<Query> asked =
                queries.stream().filter(query -> query.path.equals(path)).toList();
        long newest = new Jobs(user)
                .search(Search.where().sortedBy("JobID", SortOrder.Direction.DESCENDING), 1, 1)
                .rows()
                .get(0)
                .path("JobID")
                .asLong();
        Load.Run[] runs = Load.runs(USERS, () -> {
            ThreadLocalRandom random = ThreadLocalRandom.current();
            Query query = asked.get(random.nextInt(asked.size()));
            String ids = LongStream.generate(() -> 1 + random.nextLong(newest))
                    .limit(IDS)
                    .mapToObj(Long::toString)
                    .collect(Collectors.joining(", "));
            String body = query.body
                    .replaceAll("\\$GROUP", Matcher.quoteReplacement(WaitingJobs.group(random)))
                    .replaceAll("\\$IDS", ids);
            user.exchange(ApiRequest.post(query.path).query("page", query.page).json(ClientJson.MAPPER.readTree(body)));
            return 1;
        });
        return Result.of(
                name,
                "95 % of " + what
                        + " take at most, 10 M jobs, 50 users at once who ask again as soon as they are answered:"
                        + " the queries of benchmarks/queries.md in equal parts",
                "ms",
                floor,
                goal,
                "lower",
                null,
                Load.millisecondsAt(0.95, runs));
    }
}
