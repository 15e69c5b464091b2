/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.kernel.value;

/** Number of a job: positive, ascending in the order of submission, gaps allowed. */
public record JobId(long number) implements Comparable<JobId> {

    /** @throws InvalidValue unless positive */
    public JobId {
        if (number <= 0) {
            throw new InvalidValue("job id", Long.toString(number), "a positive whole number");
        }
    }

    /** @throws InvalidValue unless the text is a positive whole number */
    public static JobId parse(String text) {
        try {
            return new JobId(Long.parseLong(text));
        } catch (NumberFormatException notANumber) {
            throw new InvalidValue("job id", text, "a positive whole number");
        }
    }

    @Override
    public int compareTo(JobId other) {
        return Long.compare(number, other.number);
    }

    @Override
    public String toString() {
        return Long.toString(number);
    }
}
