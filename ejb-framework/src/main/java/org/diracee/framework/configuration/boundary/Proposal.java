/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.framework.configuration.boundary;

import java.util.List;
import java.util.Optional;

/**
 * A change that somebody wants of the configuration.
 *
 * @param base revision that it was made on; empty: whatever is in force, which only edits may say
 * @param message why
 * @param content what is to change
 */
public record Proposal(Optional<Long> base, String message, Content content) {

    /** What is to change. */
    public sealed interface Content {}

    /** Edits of single entries, carried out one after the other. */
    public record Edits(List<Edit> edits) implements Content {
        public Edits {
            edits = List.copyOf(edits);
        }
    }

    /** A document in place of the present one. */
    public record Replacement(String text, TextFormat format) implements Content {}

    /** A document to lay over the present one: what it says counts, what it does not mention stays. */
    public record Overlay(String text, TextFormat format) implements Content {}

    /**
     * One edit.
     *
     * @param value value of the option or text of the comment; empty for the other actions
     */
    public record Edit(Action action, String path, String value) {}

    /** What an edit does. */
    public enum Action {
        /** Gives an option a value, with the sections it needs. */
        SET,
        /** Takes out an option or a section with all in it. */
        REMOVE,
        /** Makes a section unless there is one. */
        SECTION,
        /** Replaces the comment before an entry; an empty one takes it out. */
        COMMENT
    }
}
