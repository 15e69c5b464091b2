/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.dms.data.boundary;

import java.util.Arrays;
import java.util.stream.Collectors;
import org.diracee.kernel.error.InvalidRequest;

/** What an operation does at a storage element. */
public enum DataOperationKind {
    UPLOAD("Upload"),
    REPLICATION("Replication"),
    REMOVAL("Removal");

    private final String text;

    DataOperationKind(String text) {
        this.text = text;
    }

    public String text() {
        return text;
    }

    /** @throws InvalidRequest if there is no such kind */
    public static DataOperationKind parse(String text) {
        return Arrays.stream(values())
                .filter(kind -> kind.text.equals(text))
                .findFirst()
                .orElseThrow(() -> new InvalidRequest("'" + text + "' is no kind of operation: allowed are "
                        + Arrays.stream(values()).map(DataOperationKind::text).collect(Collectors.joining(", "))));
    }
}
