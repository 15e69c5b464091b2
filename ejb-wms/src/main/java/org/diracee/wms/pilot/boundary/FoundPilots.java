/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.pilot.boundary;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One page of a search.
 *
 * @param rows values by DIRAC's names of the columns
 * @param first position of the first row among all that match, from 0
 * @param total how many rows match
 */
public record FoundPilots(List<Map<String, Optional<Object>>> rows, long first, long total) {
    public FoundPilots {
        rows = List.copyOf(rows);
    }
}
