/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.kernel.error;

/**
 * What is wrong with one field of a request.
 *
 * @param field path of the field as the client wrote it, for instance {@code CPUTime} or {@code search[0].operator}
 * @param message what was wrong and what is allowed
 */
public record FieldError(String field, String message) {}
