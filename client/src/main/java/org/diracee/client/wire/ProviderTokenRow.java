/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.client.wire;

import java.time.Instant;

/**
 * A refresh token of a user at the identity provider of the VO, of which everything but itself is told.
 *
 * @param sub whose it is
 * @param issuer the provider
 * @param scope what the provider was asked for
 * @param obtained when the user logged in
 * @param used when it last gave an access token
 */
public record ProviderTokenRow(String sub, String issuer, String scope, Instant obtained, Instant used) {}
