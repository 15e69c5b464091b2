/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.dms.metadata.entity;

import java.util.Optional;
import org.diracee.dms.metadata.boundary.FieldType;

/**
 * What files have without anybody writing it, and queries may name.
 *
 * @see "DMS reference 3.7, standard file keys"
 */
public enum FileKey {
    SE(
            FieldType.STRING,
            "exists (select from dms.replica replica join dms.storage_element se on se.id = replica.se"
                    + " where replica.file = file.id and %s)",
            "se.name"),
    CreationDate(FieldType.DATE, "%s", "file.created"),
    ModificationDate(FieldType.DATE, "%s", "file.modified"),
    User(FieldType.STRING, "exists (select from dms.principal owner where owner.id = file.owner and %s)", "owner.name"),
    Group(
            FieldType.STRING,
            "exists (select from dms.principal owner where owner.id = file.owner_group and %s)",
            "owner.name"),
    Name(FieldType.STRING, "%s", "file.name"),
    FileName(FieldType.STRING, "%s", "file.name"),
    CheckSum(
            FieldType.STRING,
            "exists (select from (values (file.adler32), (file.sha256)) checksum(text) where %s)",
            "checksum.text"),
    GUID(FieldType.STRING, "%s", "file.guid"),
    Size(FieldType.INT, "%s", "file.size"),
    Status(FieldType.STRING, "%s", "file.status");

    private final FieldType type;
    private final String frame;
    private final String column;

    FileKey(FieldType type, String frame, String column) {
        this.type = type;
        this.frame = frame;
        this.column = column;
    }

    /** The key of this name, if it is one. */
    public static Optional<FileKey> named(String name) {
        for (FileKey key : values()) {
            if (key.name().equals(name)) {
                return Optional.of(key);
            }
        }
        return Optional.empty();
    }

    public FieldType type() {
        return type;
    }

    /** Whether a file can have several of it, so that being without one is no comparison. */
    public boolean isMany() {
        return this == SE || this == CheckSum;
    }

    String column() {
        return column;
    }

    String framed(String comparison) {
        return frame.formatted(comparison);
    }
}
