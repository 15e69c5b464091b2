/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
/**
 * Benchmarks: what the running system does in a second over HTTPS, beside the same rows written by a bare client of the
 * same database. Figures are recorded and compared, never asserted.
 */
@NullMarked
package org.diracee.benchmarks;

import org.jspecify.annotations.NullMarked;
