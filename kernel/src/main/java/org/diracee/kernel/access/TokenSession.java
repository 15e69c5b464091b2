/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.kernel.access;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * The session in which an access token was given.
 *
 * @param ends when it ends however often it is refreshed, if that is fixed: a certificate began it
 */
public record TokenSession(UUID id, Optional<Instant> ends) {}
