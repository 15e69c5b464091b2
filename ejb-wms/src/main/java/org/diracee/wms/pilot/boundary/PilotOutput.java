/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.pilot.boundary;

/** The ends of a pilot's standard output and standard error, as its computing element kept them. */
public record PilotOutput(String standardOutput, String standardError) {}
