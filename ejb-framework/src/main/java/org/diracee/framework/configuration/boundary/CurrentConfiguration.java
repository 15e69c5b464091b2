/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.framework.configuration.boundary;

import java.time.Instant;
import org.diracee.kernel.configuration.Configuration;

/**
 * The configuration in force as clients compare it.
 *
 * @param hash the same on every node, another for every revision; 64 hexadecimal digits
 * @param since when the revision was made; the epoch if there is none yet
 */
public record CurrentConfiguration(Configuration configuration, String hash, Instant since) {}
