/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.framework.configuration.control;

import org.diracee.framework.configuration.boundary.Change;
import org.diracee.framework.configuration.boundary.Change.Subject;
import org.diracee.framework.configuration.control.ConfigurationEditor.Standing;
import org.diracee.kernel.error.DiracException;
import org.diracee.kernel.error.ErrorCode;
import org.jspecify.annotations.Nullable;

/** A change was made for a document that says something else at its path. */
public class StaleChange extends DiracException {

    private static final long serialVersionUID = 1L;

    StaleChange(Change change, @Nullable Standing standing) {
        super(
                ErrorCode.CONFLICT,
                change.path() + ": found " + found(change, standing) + ", but the change expects " + expected(change));
    }

    private static String found(Change change, @Nullable Standing standing) {
        if (standing == null) {
            return "nothing";
        }
        String value = standing.isSection()
                ? standing.isEmpty() ? "an empty section" : "a section with entries"
                : "an option with the value " + ConfigurationText.shown(standing.value());
        return switch (change.kind()) {
            case ADDED, REMOVED, CHANGED -> value;
            case COMMENT ->
                value + " and the comment "
                        + ConfigurationText.shown(
                                change.subject() == Subject.SECTION_END
                                        ? standing.closingComment()
                                        : standing.comment());
        };
    }

    private static String expected(Change change) {
        String before = ConfigurationText.shown(change.before());
        return switch (change.kind()) {
            case ADDED -> "nothing";
            case REMOVED, CHANGED ->
                change.subject() == Subject.OPTION ? "an option with the value " + before : "an empty section";
            case COMMENT ->
                (change.subject() == Subject.OPTION ? "an option" : "a section") + " with the comment " + before;
        };
    }
}
