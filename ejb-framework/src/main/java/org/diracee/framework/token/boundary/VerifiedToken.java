/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.framework.token.boundary;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.diracee.kernel.access.Caller;

/**
 * What a good access token of ours says.
 *
 * @param client the registered client that it was given to; empty for the public one
 * @param session the session in which it was given; empty if in none
 */
public record VerifiedToken(Caller caller, Optional<String> client, Optional<UUID> session, Instant expires) {}
