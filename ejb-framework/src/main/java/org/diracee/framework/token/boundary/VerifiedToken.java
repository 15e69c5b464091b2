/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.framework.token.boundary;

import java.time.Instant;
import java.util.Optional;
import org.diracee.kernel.access.Caller;

/**
 * What a good access token of ours says.
 *
 * @param client the registered client that it was given to; empty for the public one
 * @param sessionEnds when its session ends, if that is fixed: a certificate began it
 */
public record VerifiedToken(Caller caller, Optional<String> client, Instant expires, Optional<Instant> sessionEnds) {}
