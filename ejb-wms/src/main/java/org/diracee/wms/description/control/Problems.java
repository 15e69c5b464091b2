/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.description.control;

import java.util.ArrayList;
import java.util.List;
import org.diracee.kernel.error.FieldError;
import org.diracee.kernel.jdl.JdlPrinter;
import org.diracee.kernel.jdl.JdlText;
import org.diracee.kernel.jdl.JdlValue;

/** Collects what is wrong with a description, so that its user learns all at once. */
final class Problems {

    private static final int MOST = 100;
    private static final int SHOWN = 80;

    private final List<FieldError> found = new ArrayList<>();
    private int job = -1;

    /** Says which job of a sweep is looked at from now on. */
    void lookAt(int index) {
        job = index;
    }

    void add(String attribute, String message) {
        if (!isFull()) {
            found.add(new FieldError(attribute, (job < 0 ? "" : "job " + job + " of the sweep: ") + message));
        }
    }

    boolean isFull() {
        return found.size() >= MOST;
    }

    int count() {
        return found.size();
    }

    void refuseIfAny() {
        if (!found.isEmpty()) {
            throw new InvalidJobDescription(found);
        }
    }

    /** Quotes a value for a message, shortened. */
    static String shown(JdlValue value) {
        return shown(value instanceof JdlText text ? text.value() : JdlPrinter.printInline(value));
    }

    static String shown(String text) {
        String line = text.codePoints()
                .limit(SHOWN + 1L)
                .map(c -> Character.isISOControl(c) ? ' ' : c)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
        boolean cut = line.codePointCount(0, line.length()) > SHOWN;
        return "'" + (cut ? line.substring(0, line.offsetByCodePoints(0, SHOWN)) + "..." : line) + "'";
    }
}
