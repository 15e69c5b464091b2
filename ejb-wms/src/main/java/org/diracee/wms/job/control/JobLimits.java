/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.job.control;

import org.diracee.kernel.error.ErrorCode;
import org.diracee.kernel.error.InvalidRequest;

/** Bounds of what callers may write about jobs. */
public final class JobLimits {

    /** Jobs that one request may change. */
    public static final int JOBS_PER_REQUEST = 10_000;

    /** Reports about one job in one request. */
    public static final int REPORTS_PER_JOB = 1_000;

    /** Characters of a parameter's value. */
    public static final int PARAMETER_LENGTH = 1_000_000;

    public static final int PARAMETER_NAME_LENGTH = 100;
    public static final int MINOR_STATUS_LENGTH = 128;
    public static final int APPLICATION_STATUS_LENGTH = 255;

    private JobLimits() {}

    /** @throws InvalidRequest if there are more */
    public static void requireAtMost(int bound, int items, String what) {
        if (items > bound) {
            throw new InvalidRequest(
                    ErrorCode.TOO_MANY_ITEMS, "%d %s in one request; at most %d".formatted(items, what, bound));
        }
    }

    /**
     * Returns the text.
     *
     * @throws InvalidRequest if it is longer or holds the character that no database text can hold
     */
    public static String text(String field, String value, int length) {
        if (value.length() > length) {
            throw new InvalidRequest("%s has %d characters; at most %d".formatted(field, value.length(), length));
        }
        if (value.indexOf('\0') >= 0) {
            throw new InvalidRequest(field + " holds the character U+0000");
        }
        return value;
    }
}
