/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.client.wire;

import java.util.List;

/** What differs between two revisions. */
public record ConfigurationDifference(long from, long to, List<ConfigurationChange> changes) {}
