/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.dms.catalog.control;

import java.util.Optional;
import org.diracee.dms.catalog.boundary.CatalogEntry;
import org.diracee.kernel.error.InvalidRequest;

/**
 * Where a page of a directory's list begins: after a directory or after a file of this name.
 *
 * @param name empty at the very beginning
 */
public record ListPosition(boolean inFiles, Optional<String> name) {

    private static final String DIRECTORY = "d/";
    private static final String FILE = "f/";

    /** @throws InvalidRequest if the text is no cursor of ours */
    public static ListPosition parse(Optional<String> cursor) {
        if (cursor.isEmpty()) {
            return new ListPosition(false, Optional.empty());
        }
        String text = cursor.get();
        String name = text.substring(Math.min(text.length(), FILE.length()));
        if (!text.startsWith(DIRECTORY) && !text.startsWith(FILE) || name.isEmpty() || name.indexOf('\0') >= 0) {
            throw unknown(text);
        }
        return new ListPosition(text.startsWith(FILE), Optional.of(name));
    }

    public static ListPosition after(CatalogEntry entry) {
        return new ListPosition(
                entry.file().isPresent(), Optional.of(entry.lfn().name()));
    }

    public String text() {
        return (inFiles ? FILE : DIRECTORY) + name.orElse("");
    }

    /** What to throw at a text that is no cursor. */
    public static InvalidRequest unknown(String text) {
        return new InvalidRequest("'" + (text.length() > 80 ? text.substring(0, 80) + "…" : text).replace('\0', '?')
                + "' is no cursor: take the one that the page before gave");
    }
}
