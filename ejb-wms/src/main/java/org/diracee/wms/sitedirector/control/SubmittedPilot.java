/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.sitedirector.control;

import org.diracee.kernel.value.PilotStamp;

/** A pilot that a computing element took, and how the computing element calls it. */
public record SubmittedPilot(PilotStamp stamp, String reference) {}
