/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.ban.boundary;

/** This node has banned or allowed something. */
public record BansChanged() {}
