/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.dms.metadata.boundary;

import java.util.Locale;
import java.util.Set;
import org.diracee.kernel.error.InvalidRequest;
import org.diracee.kernel.value.InvalidValue;

/** A field that a VO has declared: what is written in it can be searched for. */
public record MetadataField(String name, FieldTarget target, FieldType type) {

    /** What files have without anybody writing it, in lower case; these names cannot be declared. */
    private static final Set<String> RESERVED = Set.of(
            "se",
            "creationdate",
            "modificationdate",
            "lastaccessdate",
            "user",
            "group",
            "path",
            "name",
            "filename",
            "checksum",
            "guid",
            "uid",
            "gid",
            "size",
            "status");

    /** @throws InvalidRequest if the name is reserved */
    public MetadataField {
        requireName(name);
    }

    /** @throws InvalidValue unless a field can have this name */
    static void requireName(String name) {
        if (!name.matches("[A-Za-z_][A-Za-z0-9_.-]{0,63}")) {
            throw new InvalidValue(
                    "name of metadata",
                    name.replaceAll("\\p{Cntrl}", "?"),
                    "1 to 64 letters, digits, underscores, dots or hyphens, the first a letter or underscore");
        }
        if (RESERVED.contains(name.toLowerCase(Locale.ROOT))) {
            throw new InvalidRequest("'" + name + "' is what the catalogue itself knows of files: choose another name");
        }
    }
}
