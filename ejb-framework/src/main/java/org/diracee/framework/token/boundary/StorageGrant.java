/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.framework.token.boundary;

import java.time.Instant;
import org.diracee.kernel.value.VoName;

/**
 * What a token for storage says.
 *
 * @param subject whom of the VO it was made for: a user's stable id, or the name of the VO's own account
 * @param scope in words of the WLCG profile
 */
public record StorageGrant(VoName vo, String subject, String scope, Instant expires) {}
