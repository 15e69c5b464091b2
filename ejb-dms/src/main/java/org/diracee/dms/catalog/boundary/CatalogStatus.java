/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.dms.catalog.boundary;

import java.util.Arrays;
import java.util.stream.Collectors;
import org.diracee.kernel.error.InvalidRequest;

/**
 * What the catalogue holds of a file or replica; only what is {@link #APRIORI_GOOD} is shown unless asked for.
 *
 * @see "DMS reference 3.1, ValidFileStatus"
 */
public enum CatalogStatus {
    APRIORI_GOOD("AprioriGood"),
    TRASH("Trash"),
    REMOVING("Removing"),
    PROBING("Probing");

    private final String text;

    CatalogStatus(String text) {
        this.text = text;
    }

    public String text() {
        return text;
    }

    /** @throws InvalidRequest if there is no such status */
    public static CatalogStatus parse(String text) {
        return Arrays.stream(values())
                .filter(status -> status.text.equals(text))
                .findFirst()
                .orElseThrow(() -> new InvalidRequest("'" + text + "' is no status of a file or replica: allowed are "
                        + Arrays.stream(values()).map(CatalogStatus::text).collect(Collectors.joining(", "))));
    }
}
