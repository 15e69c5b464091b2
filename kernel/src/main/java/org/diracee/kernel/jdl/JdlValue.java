/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.kernel.jdl;

/** What may stand at the right of an attribute in a job description. */
public sealed interface JdlValue permits JdlText, JdlInteger, JdlReal, JdlBoolean, JdlList, JdlRecord {

    /** Levels of lists and records within each other that a value may have; a scalar has none. */
    int MAX_DEPTH = 64;

    /** Returns how deep lists and records nest in this value: 0 for a scalar, 1 for a list of scalars. */
    default int depth() {
        return 0;
    }

    /** Returns what this is, as a message to a user says it: {@code a text}, {@code an integer} … */
    String kind();
}
