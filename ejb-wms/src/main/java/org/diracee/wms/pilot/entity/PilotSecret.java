/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.pilot.entity;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.diracee.kernel.value.PilotStamp;

/**
 * What is known of a secret of pilots; the secret itself is not.
 *
 * @param stamps the pilots that may use it; empty: any that is new
 * @param usedUp whether it has been used as often as it may be
 */
public record PilotSecret(Optional<List<PilotStamp>> stamps, boolean usedUp, Instant expires) {}
