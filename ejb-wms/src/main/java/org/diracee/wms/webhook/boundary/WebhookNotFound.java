/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.webhook.boundary;

import java.util.UUID;
import org.diracee.kernel.error.DiracException;
import org.diracee.kernel.error.ErrorCode;

/** The caller has no such webhook. */
public class WebhookNotFound extends DiracException {

    private static final long serialVersionUID = 1L;

    WebhookNotFound(UUID id) {
        super(ErrorCode.NOT_FOUND, "You have no webhook " + id);
    }
}
