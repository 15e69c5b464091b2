/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.pilot.entity;

import java.time.Instant;
import org.diracee.kernel.value.PilotStamp;

/** What is known of a one-time secret; the secret itself is not. */
public record PilotSecret(PilotStamp stamp, boolean used, Instant expires) {}
