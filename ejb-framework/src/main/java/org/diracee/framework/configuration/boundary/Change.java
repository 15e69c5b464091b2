/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.framework.configuration.boundary;

/**
 * One difference between two documents.
 *
 * @param path written {@code /Section/Option}
 * @param before value of an option or text of a comment before the change; empty if there was none and for sections
 * @param after value of an option or text of a comment after the change; empty if there is none and for sections
 */
public record Change(String path, Kind kind, Subject subject, String before, String after) {

    /** What happens. */
    public enum Kind {
        ADDED,
        REMOVED,
        /** An option gets another value. */
        CHANGED,
        /** A comment is added, removed or changed. */
        COMMENT
    }

    /** What it happens to. */
    public enum Subject {
        OPTION,
        SECTION,
        /** The comment at the end of a section. */
        SECTION_END
    }
}
