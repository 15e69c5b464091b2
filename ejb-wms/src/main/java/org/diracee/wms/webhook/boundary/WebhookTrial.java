/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.webhook.boundary;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.diracee.kernel.access.Caller;
import org.diracee.kernel.access.Property;
import org.diracee.kernel.access.Requires;
import org.diracee.kernel.error.ErrorCode;
import org.diracee.kernel.error.InvalidRequest;

/** Tries webhooks out, for each user one at a time on a node: a receiver that does not answer takes a thread for seconds. */
@ApplicationScoped
public class WebhookTrial {

    private final Set<String> trying = ConcurrentHashMap.newKeySet();
    private Webhooks webhooks;
    private WebhookSending sending;

    protected WebhookTrial() {} // for the container's proxy

    @Inject
    public WebhookTrial(Webhooks webhooks, WebhookSending sending) {
        this.webhooks = webhooks;
        this.sending = sending;
    }

    /**
     * Sends a message that means nothing, once, also if the webhook is disabled, and tells what its receiver said.
     *
     * @throws WebhookNotFound if it is not the caller's
     */
    @Requires({Property.NORMAL_USER, Property.JOB_ADMINISTRATOR})
    public WebhookAnswer tryOut(Caller caller, UUID id) {
        if (!trying.add(caller.identity())) {
            throw new InvalidRequest(
                    ErrorCode.RATE_LIMITED, "Another webhook of yours is being tried; wait until it has answered");
        }
        try {
            return sending.send(webhooks.trial(caller, id));
        } finally {
            trying.remove(caller.identity());
        }
    }
}
