/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.framework.suspension.boundary;

/** This node has suspended or resumed something. */
record SuspensionsChanged() {}
