/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.dms.metadata.boundary;

import java.util.Locale;
import org.diracee.kernel.value.InvalidValue;

/** What a field of metadata is written on. */
public enum FieldTarget {
    /** Counts for everything below, too. */
    DIRECTORY,
    FILE;

    /** @throws InvalidValue unless the text is one */
    public static FieldTarget parse(String text) {
        for (FieldTarget target : values()) {
            if (target.text().equals(text)) {
                return target;
            }
        }
        throw new InvalidValue("target of metadata", text, "directory or file");
    }

    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }
}
