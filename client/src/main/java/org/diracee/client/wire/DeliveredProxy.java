/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.client.wire;

import java.time.Instant;

/**
 * A proxy that was signed for the caller's key.
 *
 * @param chain certificates in PEM, the proxy first
 * @param dn of the user's certificate
 */
public record DeliveredProxy(String chain, String dn, String group, boolean limited, Instant expires) {}
