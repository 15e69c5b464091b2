/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.client.wire;

import java.time.Instant;

/**
 * What became of a proxy that was brought.
 *
 * @param stored false if the one that was there ends no earlier and stays
 * @param expires when the one ends that is there now
 */
public record CompletedProxyUpload(String dn, boolean stored, Instant expires) {}
