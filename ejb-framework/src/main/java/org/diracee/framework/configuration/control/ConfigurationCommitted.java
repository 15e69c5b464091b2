/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.framework.configuration.control;

/** Tells that a new revision is committed on this node. */
public record ConfigurationCommitted(HeldConfiguration configuration) {}
