/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.framework.token.boundary;

import java.time.Duration;

/**
 * What a log-in or a refresh gives.
 *
 * @param expiresIn life of the access token
 */
public record TokenPair(IssuedToken access, IssuedToken refresh, Duration expiresIn) {}
