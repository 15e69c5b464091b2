/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.client.wire;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.Optional;

/**
 * The datasets of a directory by name.
 *
 * @param next cursor of the next page, absent on the last
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record DatasetPage(List<DatasetRecord> datasets, Optional<String> next) {
    public DatasetPage {
        datasets = List.copyOf(datasets);
    }
}
