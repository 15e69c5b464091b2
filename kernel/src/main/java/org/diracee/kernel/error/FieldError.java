/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.kernel.error;

import java.util.Map;

/**
 * What is wrong with one field of a request.
 *
 * @param field path of the field as the client wrote it, for instance {@code CPUTime} or {@code search[0].operator}
 * @param message what was wrong and what is allowed
 * @param values values that the message speaks of, by their roles; for programs
 */
public record FieldError(String field, String message, Map<String, String> values) {

    public FieldError {
        values = Map.copyOf(values);
    }

    public FieldError(String field, String message) {
        this(field, message, Map.of());
    }
}
