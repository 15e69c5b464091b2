/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.framework.limit.boundary;

/**
 * What is left of a budget.
 *
 * @param quota how many requests are allowed at once
 * @param window seconds after which all of them are allowed again
 * @param left how many are allowed now
 * @param reset seconds until all are
 */
public record Allowance(Budget budget, long quota, long window, long left, long reset) {}
