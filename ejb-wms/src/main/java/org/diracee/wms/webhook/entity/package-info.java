/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
/**
 * Webhooks: addresses of users that are told, signed, when a job group has finished. News is found in the change feed, kept until it is
 * taken, and sent to no address that only this server can reach.
 */
@NullMarked
package org.diracee.wms.webhook.entity;

import org.jspecify.annotations.NullMarked;
