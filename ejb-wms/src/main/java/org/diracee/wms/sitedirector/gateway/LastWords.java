/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.sitedirector.gateway;

import java.util.Arrays;
import java.util.List;

/** The last lines of a pilot that say anything, shortened to fit into a status reason. */
final class LastWords {

    private static final int LINES = 3;
    private static final int LENGTH = 160;

    private LastWords() {}

    static String of(String text) {
        List<String> lines = Arrays.stream(text.split("\\R", -1))
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .toList();
        String words = String.join(" | ", lines.subList(Math.max(0, lines.size() - LINES), lines.size()));
        return words.length() <= LENGTH ? words : "…" + words.substring(words.length() - LENGTH + 1);
    }
}
