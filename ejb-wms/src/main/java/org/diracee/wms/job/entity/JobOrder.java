/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.job.entity;

/** By which column found jobs are ordered. */
public record JobOrder(JobColumn column, boolean descending) {}
