/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.client.wire;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.Optional;

/**
 * What is in a directory: its directories by name, then its files.
 *
 * @param next cursor of the next page, absent on the last
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record CatalogPage(List<CatalogEntry> entries, Optional<String> next) {
    public CatalogPage {
        entries = List.copyOf(entries);
    }
}
