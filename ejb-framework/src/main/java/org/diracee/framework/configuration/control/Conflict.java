/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.framework.configuration.control;

/**
 * A place that two people changed in ways that exclude each other.
 *
 * @param base what both started from
 */
public record Conflict(String path, Version base, Version theirs, Version yours) {

    /** What a document says at a place. */
    public enum State {
        /** There is nothing. */
        ABSENT,
        /** There is an option; the text is its value. */
        OPTION,
        /** There is a section; the text is empty. */
        SECTION,
        /** The conflict is about a comment, which is the text. */
        COMMENT
    }

    /** What one of the documents says at the place. */
    public record Version(State state, String text) {}
}
