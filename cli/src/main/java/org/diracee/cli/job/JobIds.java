/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.cli.job;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.diracee.cli.CommandFailure;

/** Job ids as people write them: {@code 1-24,30}. */
public final class JobIds {

    private static final int MAX = 1_000_000;
    private static final Pattern PART = Pattern.compile("([1-9][0-9]{0,17})(?:-([1-9][0-9]{0,17}))?");

    private JobIds() {}

    /**
     * Reads ids and ranges, several in one word separated by commas.
     *
     * @throws CommandFailure if one is neither
     */
    public static List<Long> parse(Collection<String> words) {
        SortedSet<Long> ids = new TreeSet<>();
        for (String word : words) {
            for (String part : word.split(",", -1)) {
                Matcher matcher = PART.matcher(part.strip());
                if (!matcher.matches()) {
                    throw CommandFailure.usage(
                            "'" + word + "' is no job id: numbers and ranges are allowed, for instance 7 or 1-24,30");
                }
                long first = Long.parseLong(matcher.group(1));
                long last = matcher.group(2) == null ? first : Long.parseLong(matcher.group(2));
                if (last < first) {
                    throw CommandFailure.usage("The range " + part.strip() + " ends before it begins.");
                }
                if (last - first >= MAX - ids.size()) {
                    throw CommandFailure.usage("More than " + MAX + " jobs at once are not allowed.");
                }
                for (long id = first; id <= last; id++) {
                    ids.add(id);
                }
            }
        }
        return List.copyOf(ids);
    }

    /** Writes ids with ranges for neighbours, in ascending order. */
    public static String text(Collection<Long> ids) {
        List<String> parts = new ArrayList<>();
        Long first = null;
        long last = 0;
        for (long id : new TreeSet<>(ids)) {
            if (first != null && id == last + 1) {
                last = id;
                continue;
            }
            if (first != null) {
                parts.add(range(first, last));
            }
            first = id;
            last = id;
        }
        if (first != null) {
            parts.add(range(first, last));
        }
        return String.join(",", parts);
    }

    /** Writes how many. */
    public static String counted(Collection<Long> ids) {
        return ids.size() == 1 ? "1 job" : ids.size() + " jobs";
    }

    private static String range(long first, long last) {
        return first == last ? Long.toString(first) : first + "-" + last;
    }
}
