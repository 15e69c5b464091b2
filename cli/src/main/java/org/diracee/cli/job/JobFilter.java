/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.cli.job;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.diracee.cli.CommandFailure;
import org.diracee.cli.Listing;
import org.diracee.client.wire.SearchCondition;
import org.diracee.kernel.value.JobStatus;
import picocli.CommandLine.Option;

/** The options by which commands choose jobs beside those that every list has. */
final class JobFilter {

    /** All statuses of jobs. */
    static final List<String> STATUSES =
            Arrays.stream(JobStatus.values()).map(JobStatus::text).toList();

    @Option(
            names = {"-g", "--group"},
            paramLabel = "GROUP",
            split = ",",
            description = "Only jobs of one of these job groups (JobGroup).")
    private List<String> groups = List.of();

    @Option(names = "--owner", paramLabel = "USER", split = ",", description = "Jobs of these users instead of yours.")
    private List<String> owners = List.of();

    @Option(
            names = {"-a", "--all"},
            description = "Jobs of everybody.")
    private boolean all;

    @Option(
            names = "--where",
            arity = "1",
            paramLabel = "'COLUMN OPERATOR VALUE'",
            description =
                    "Any other condition, as in 'JobName like reco%%' or 'JobID in 1-24,30'; repeatable. Operators: eq, neq,"
                            + " gt, lt, like, not like, regex, and with values between commas in, not in.")
    private List<String> conditions = List.of();

    /** Whether nothing was chosen. */
    boolean isEmpty() {
        return groups.isEmpty() && owners.isEmpty() && !all && conditions.isEmpty();
    }

    /**
     * The conditions that the options stand for.
     *
     * @param common those of other options, which come after the owner
     */
    List<SearchCondition> conditions(String username, List<SearchCondition> common) {
        if (all && !owners.isEmpty()) {
            throw CommandFailure.usage("--all and --owner exclude each other.");
        }
        List<SearchCondition> wanted = new ArrayList<>();
        if (!all) {
            wanted.addAll(anyOf("Owner", owners.isEmpty() ? List.of(username) : owners));
        }
        wanted.addAll(common);
        wanted.addAll(anyOf("JobGroup", groups));
        conditions.forEach(condition -> wanted.add(condition(condition)));
        return wanted;
    }

    /** That the column has one of the values; nothing if there are none. */
    static List<SearchCondition> anyOf(String column, List<String> values) {
        return values.isEmpty() ? List.of() : List.of(SearchCondition.anyOf(column, values));
    }

    private static SearchCondition condition(String text) {
        String[] words = text.strip().split("\\s+", 3);
        if (words.length == 3 && words[1].equals("not")) {
            String[] rest = words[2].split("\\s+", 2);
            words = rest.length == 2 ? new String[] {words[0], "not " + rest[0], rest[1]} : new String[0];
        }
        if (words.length != 3) {
            throw CommandFailure.usage("--where '" + text + "': a column, an operator and a value are expected.");
        }
        if (words[1].equals("in") || words[1].equals("not in")) {
            return new SearchCondition(words[0], words[1], Optional.empty(), Optional.of(values(words[0], words[2])));
        }
        return SearchCondition.of(words[0], words[1], value(words[2]));
    }

    private static List<Object> values(String column, String text) {
        return column.equals("JobID")
                ? List.copyOf(JobIds.parse(List.of(text.split("\\s*,\\s*"))))
                : Arrays.stream(text.split("\\s*,\\s*")).map(JobFilter::value).toList();
    }

    private static Object value(String word) {
        return word.matches("0|-?[1-9][0-9]{0,17}") ? (Object) Long.valueOf(word) : word;
    }

    /** That a job has one of the statuses; nothing if there are none. */
    static List<SearchCondition> inStatus(List<String> statuses) {
        return anyOf("Status", Listing.known(statuses, STATUSES));
    }
}
