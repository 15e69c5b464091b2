/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.cli.output;

/** Text of others made safe for a terminal: what steers one is taken out, line ends and tabs stay. */
public final class Printable {

    private Printable() {}

    public static String text(String text) {
        StringBuilder safe = new StringBuilder(text.length());
        text.codePoints()
                .filter(c -> c == '\n' || c == '\t' || !Character.isISOControl(c))
                .forEach(safe::appendCodePoint);
        return safe.toString();
    }
}
