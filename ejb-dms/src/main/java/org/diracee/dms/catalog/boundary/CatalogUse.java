/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.dms.catalog.boundary;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import org.diracee.kernel.value.SeName;

/**
 * How much there is, each file counted once, and how much of that at each storage element.
 *
 * @param bySe the replicas there
 */
public record CatalogUse(Amount files, Map<SeName, Amount> bySe) {

    public CatalogUse {
        bySe = Collections.unmodifiableMap(new TreeMap<>(bySe));
    }

    /** Files or replicas, and their bytes together. */
    public record Amount(long files, long bytes) {
        public static final Amount NOTHING = new Amount(0, 0);
    }
}
