/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.client.wire;

/** Lets a webhook be told again, or no more. */
public record UpdateWebhook(boolean enabled) {}
