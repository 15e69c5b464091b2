/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.webhook.boundary;

import java.util.Optional;

/** What a receiver said to a message: its HTTP status, or the reason why there is none. */
public record WebhookAnswer(Optional<Integer> status, Optional<String> failure) {}
