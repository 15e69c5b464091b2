/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.framework.token.boundary;

import java.time.Instant;
import java.util.Optional;
import org.diracee.kernel.access.Caller;
import org.diracee.kernel.access.TokenSession;

/**
 * What a good access token of ours says.
 *
 * @param client the registered client that it was given to; empty for the public one
 * @param session the session in which it was given; empty if in none
 */
public record VerifiedToken(Caller caller, Optional<String> client, Optional<TokenSession> session, Instant expires) {}
