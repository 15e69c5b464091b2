/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.framework.configuration.entity;

import java.time.Instant;

/**
 * Who made a revision of the configuration, when, from where and why.
 *
 * @param revision number, ascending from 1
 * @param hash changes with every revision; 64 hexadecimal digits
 * @param author user name, or {@code system}
 * @param subject the caller's whole identity
 * @param origin address that the request came from
 */
public record RevisionFacts(
        long revision, String hash, String author, String subject, String origin, String message, Instant created) {}
