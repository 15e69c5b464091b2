/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.framework.proxy.boundary;

import java.time.Instant;

/**
 * What became of a proxy that a user brought.
 *
 * @param stored false if the one that was there ends no earlier and stays
 * @param expires when the one ends that is there now
 */
public record UploadedProxy(String dn, boolean stored, Instant expires) {}
