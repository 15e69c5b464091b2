/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.client.wire;

import java.time.Instant;

/**
 * One revision of the configuration: who made it, when, from where and why.
 *
 * @param hash changes with every revision; the {@code ETag} of {@code /api/config/}
 * @param author user name, or {@code system}
 * @param subject the author's whole identity, as {@code user:<vo>:<subject>}
 * @param origin address that the request came from
 */
public record ConfigurationRevision(
        long revision, String hash, String author, String subject, String origin, String message, Instant created) {}
