/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.client.sandbox;

/**
 * How much an archive may unpack to.
 *
 * @param entries files and directories together
 * @param bytes of all files together
 */
public record UnpackLimits(int entries, long bytes) {

    /** 10 000 entries and 1 GiB: far more than a sandbox is for, far less than a disk. */
    public static final UnpackLimits STANDARD = new UnpackLimits(10_000, 1L << 30);
}
