/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.client.wire;

import java.util.List;

/** A revision with what it changed. */
public record ChangedConfiguration(ConfigurationRevision revision, List<ConfigurationChange> changes) {}
