/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.dms.data.boundary;

/** News that there are operations to be taken up. */
public record DataOperationsAdded() {}
