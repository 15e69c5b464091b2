/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.framework.proxy.boundary;

import java.time.Instant;
import org.diracee.kernel.value.GroupName;

/**
 * A proxy that was made for the key of who ordered it.
 *
 * @param chain in PEM, the new proxy first
 */
public record DeliveredProxy(String chain, String dn, GroupName group, boolean limited, Instant expires) {}
