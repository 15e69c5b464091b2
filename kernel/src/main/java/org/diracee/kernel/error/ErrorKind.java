/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.kernel.error;

/** What sort of failure an error is; the REST API gives each kind one HTTP status. */
public enum ErrorKind {
    /** The request has not the declared shape. */
    MALFORMED,
    /** The request is well formed and means something that is not possible. */
    INVALID,
    /** A declared bound is exceeded; the detail names it. */
    LIMIT,
    UNAUTHENTICATED,
    FORBIDDEN,
    NOT_FOUND,
    CONFLICT,
    /** It was there once. */
    GONE,
    TOO_LARGE,
    /** Too many requests in a time; repeat later. */
    RATE,
    INTERNAL,
    /** A foreign service answered wrongly. */
    UPSTREAM,
    /** Something we need is down for now; repeat later. */
    UNAVAILABLE
}
