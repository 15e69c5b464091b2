/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.sitedirector.gateway;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.diracee.wms.sitedirector.control.ComputingElementFailure;

/**
 * What a driver answered: lines of a word, mostly a stamp, mostly more, some with a text below them. Anything else is no answer.
 *
 * @param failure what the driver failed at, after it had answered these lines
 * @param isWhole whether the driver came to its end
 */
record DriverReply(List<Line> lines, Optional<String> failure, boolean isWhole) {

    private static final String GREETING = "dirac";
    private static final String END = "end";
    private static final String FAILED = "failed ";

    /**
     * A line of the answer.
     *
     * @param argument what follows the word and the stamp
     * @param text what stands below it
     */
    record Line(String word, String stamp, String argument, String text) {}

    DriverReply {
        lines = List.copyOf(lines);
    }

    /** Whether a driver answered at all, instead of a shell that does not find it. */
    static boolean isFromDriver(String answer) {
        return answer.startsWith(GREETING + "\n");
    }

    /**
     * Reads the answer.
     *
     * @throws ComputingElementFailure if this is none
     */
    static DriverReply parse(String answer) {
        if (!isFromDriver(answer)) {
            throw new ComputingElementFailure("The driver does not answer as one: " + LastWords.of(answer));
        }
        List<Line> lines = new ArrayList<>();
        Optional<String> failure = Optional.empty();
        boolean isWhole = false;
        String[] raw = answer.split("\n", -1);
        int at = 1;
        // what follows the last line break is the beginning of a line that did not come
        while (at < raw.length - 1 && !isWhole) {
            String line = raw[at++];
            if (line.startsWith(FAILED)) {
                failure = Optional.of(line.substring(FAILED.length()));
            } else if (line.equals(END)) {
                isWhole = true;
            } else {
                StringBuilder text = new StringBuilder();
                while (at < raw.length && raw[at].startsWith(":")) {
                    text.append(raw[at].substring(1)).append('\n');
                    at++;
                }
                lines.add(line(line, text.toString()));
            }
        }
        return new DriverReply(lines, failure, isWhole);
    }

    private static Line line(String line, String text) {
        String[] parts = line.split(" ", 3);
        if (!parts[0].matches("[a-z]+")) {
            throw new ComputingElementFailure("The driver does not answer as one: " + LastWords.of(line));
        }
        // a dot of its own marks where the text ended, with or without a line break
        String exact = text.endsWith(".\n") ? text.substring(0, text.length() - 2) : text;
        return new Line(parts[0], parts.length > 1 ? parts[1] : "", parts.length > 2 ? parts[2] : "", exact);
    }
}
