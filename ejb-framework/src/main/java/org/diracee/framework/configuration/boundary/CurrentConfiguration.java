/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.framework.configuration.boundary;

import org.diracee.kernel.configuration.Configuration;

/** The configuration in force, and the revision that made it. */
public record CurrentConfiguration(Configuration configuration, Revision revision) {}
