/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.client.wire;

/**
 * The configuration, or a part of it, as text.
 *
 * @param revision the revision that it is of
 * @param path the section that the text is of; {@code /} for the whole
 * @param format {@code cfg} or {@code yaml}
 */
public record ConfigurationText(long revision, String hash, String path, String format, String document) {}
