/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.webhook.boundary;

/**
 * A webhook that was made.
 *
 * @param secret by which its receiver checks signatures; nobody learns it again
 */
public record RegisteredWebhook(WebhookView webhook, String secret) {}
