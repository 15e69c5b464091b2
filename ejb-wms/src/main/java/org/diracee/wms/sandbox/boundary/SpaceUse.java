/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.sandbox.boundary;

/**
 * How much of the store somebody takes, and how much he may, in bytes.
 *
 * @param scope {@code vo} or {@code user}
 * @param of whose
 * @param option where the limit is written
 */
public record SpaceUse(String scope, String of, long used, long allowed, String option) {}
