/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.framework.idempotency.control;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;

/** Short text of a list of ids that keeps their order: a run of ascending neighbours is written as first-last. */
public final class IdRanges {

    private IdRanges() {}

    /** @param ids not negative */
    public static String format(List<Long> ids) {
        StringBuilder text = new StringBuilder();
        int position = 0;
        while (position < ids.size()) {
            long first = ids.get(position);
            long last = first;
            while (position + 1 < ids.size() && ids.get(position + 1) == last + 1) {
                last++;
                position++;
            }
            position++;
            text.append(text.length() == 0 ? "" : ",").append(first);
            if (last > first) {
                text.append('-').append(last);
            }
        }
        return text.toString();
    }

    public static List<Long> parse(String text) {
        List<Long> ids = new ArrayList<>();
        if (!text.isEmpty()) {
            for (String range : text.split(",", -1)) {
                int dash = range.indexOf('-');
                if (dash < 0) {
                    ids.add(Long.parseLong(range));
                } else {
                    long last = Long.parseLong(range.substring(dash + 1));
                    LongStream.rangeClosed(Long.parseLong(range.substring(0, dash)), last)
                            .forEach(ids::add);
                }
            }
        }
        return List.copyOf(ids);
    }
}
