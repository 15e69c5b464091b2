/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.pilot.boundary;

import java.util.List;
import java.util.Optional;

/**
 * A search for pilots in the words of a client.
 *
 * @param parameters the columns wanted; none: all
 * @param filters all of them must be met
 * @param distinct equal rows only once
 * @see "DiracX REST reference 6"
 */
public record PilotQuery(
        Optional<List<String>> parameters, List<Filter> filters, List<Order> orders, boolean distinct) {

    public PilotQuery {
        parameters = parameters.map(List::copyOf);
        filters = List.copyOf(filters);
        orders = List.copyOf(orders);
    }

    /** A condition; its operator decides which of {@code value} and {@code values} counts. */
    public record Filter(String parameter, String operator, Optional<String> value, Optional<List<String>> values) {}

    /** By which column the pilots are ordered. */
    public record Order(String parameter, boolean descending) {}
}
