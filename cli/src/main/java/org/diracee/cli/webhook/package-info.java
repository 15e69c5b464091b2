/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
/** Webhooks: addresses that are told when a job group has finished. */
@NullMarked
package org.diracee.cli.webhook;

import org.jspecify.annotations.NullMarked;
