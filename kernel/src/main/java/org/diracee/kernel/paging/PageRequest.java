/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.kernel.paging;

import java.util.Optional;
import org.diracee.kernel.error.ErrorCode;
import org.diracee.kernel.error.InvalidRequest;

/**
 * Which page of a list is wanted.
 *
 * @param limit 1 to 10 000 items
 * @param cursor where the page before ended; empty for the first page
 */
public record PageRequest(int limit, Optional<String> cursor) {

    public static final int MAX_LIMIT = 10_000;
    public static final int DEFAULT_LIMIT = 100;

    public PageRequest {
        if (limit < 1 || limit > MAX_LIMIT) {
            throw new InvalidRequest(
                    ErrorCode.TOO_MANY_ITEMS,
                    "A page of " + limit + " items was asked for: allowed is 1 to " + MAX_LIMIT);
        }
    }
}
