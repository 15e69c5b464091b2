/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.kernel.error;

/** Why one item of a bulk call failed. */
public record Problem(ErrorCode code, String detail) {}
