/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.cli.output;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;

/** Rows under a heading: aligned columns for people, bare lines with tabs for programs. */
public final class Table {

    private static final String GAP = "  ";

    private final List<String> heading;
    private final List<List<String>> rows = new ArrayList<>();

    public Table(String... heading) {
        this.heading = List.of(heading);
    }

    /** @throws IllegalArgumentException unless there is one cell per column */
    public Table row(List<String> cells) {
        if (cells.size() != heading.size()) {
            throw new IllegalArgumentException(cells.size() + " cells for " + heading.size() + " columns");
        }
        rows.add(cells.stream().map(Table::oneLine).toList());
        return this;
    }

    public Table row(String... cells) {
        return row(List.of(cells));
    }

    public boolean isEmpty() {
        return rows.isEmpty();
    }

    /** @param terminal whether a person reads it */
    public void print(PrintWriter out, boolean terminal) {
        if (!terminal) {
            rows.forEach(row -> out.println(String.join("\t", row)));
            return;
        }
        int[] widths = new int[heading.size()];
        measure(heading, widths);
        rows.forEach(row -> measure(row, widths));
        printAligned(heading, widths, out);
        rows.forEach(row -> printAligned(row, widths, out));
    }

    private static void measure(List<String> row, int[] widths) {
        for (int i = 0; i < widths.length; i++) {
            widths[i] = Math.max(widths[i], length(row.get(i)));
        }
    }

    private static void printAligned(List<String> row, int[] widths, PrintWriter out) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < widths.length; i++) {
            String cell = row.get(i);
            line.append(cell);
            if (i < widths.length - 1) {
                line.append(" ".repeat(widths[i] - length(cell))).append(GAP);
            }
        }
        out.println(line.toString().stripTrailing());
    }

    private static int length(String cell) {
        return cell.codePointCount(0, cell.length());
    }

    /** A cell may come from another user's job: no line ends, no tabs, nothing that steers a terminal. */
    private static String oneLine(String cell) {
        return Printable.text(cell).replaceAll("[\t\n]+", " ").strip();
    }
}
