/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.framework.proxy.entity;

import java.time.Instant;
import java.util.UUID;

/**
 * Attributes that are to be obtained anew before they end.
 *
 * @param subject of the user whose stored proxy they belong to
 * @param dn of that proxy's person
 */
public record DueAttributes(UUID id, Instant expires, String vo, String subject, String dn, String fqan) {}
