/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.client.wire;

/** What a health probe answers. */
public record HealthStatus(String status) {}
