/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.framework.tokenmanager.boundary;

import java.time.Instant;
import org.diracee.kernel.value.VoName;

/**
 * A refresh token of a user at the provider of the VO, of which everything but itself is told.
 *
 * @param scope what the provider was asked for
 * @param obtained when the user logged in
 * @param used when it last gave an access token
 */
public record KeptToken(VoName vo, String subject, String issuer, String scope, Instant obtained, Instant used) {}
