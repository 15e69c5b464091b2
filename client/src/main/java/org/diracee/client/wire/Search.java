/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.client.wire;

import com.fasterxml.jackson.annotation.JsonInclude;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Asks for the rows of a table, jobs or pilots, that meet all conditions; the query's {@code page} and {@code per_page}
 * say which of them.
 *
 * @param parameters the wanted columns; absent: all
 * @param distinct equal rows only once; absent: no
 * @see "DiracX REST reference 6"
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record Search(
        Optional<List<@NotNull String>> parameters,
        List<@NotNull @Valid SearchCondition> search,
        List<@NotNull @Valid SortOrder> sort,
        Optional<Boolean> distinct) {

    public Search {
        search = search == null ? List.of() : search;
        sort = sort == null ? List.of() : sort;
    }

    /** All columns of the rows that meet the conditions, in no order. */
    public static Search where(SearchCondition... conditions) {
        return new Search(Optional.empty(), List.of(conditions), List.of(), Optional.empty());
    }

    /** The same search with the rows ordered by one more column. */
    public Search sortedBy(String parameter, SortOrder.Direction direction) {
        List<SortOrder> orders = new ArrayList<>(sort);
        orders.add(new SortOrder(parameter, direction));
        return new Search(parameters, search, List.copyOf(orders), distinct);
    }
}
