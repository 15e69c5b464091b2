/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.client.wire;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.Optional;

/**
 * Answer: operations on data, the newest first.
 *
 * @param next the cursor of the next page; none after the last
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record DataOperationPage(List<DataOperationRecord> operations, Optional<String> next) {
    public DataOperationPage {
        operations = List.copyOf(operations);
    }
}
