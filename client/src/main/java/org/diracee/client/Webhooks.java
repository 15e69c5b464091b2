/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.client;

import com.fasterxml.jackson.core.type.TypeReference;
import java.util.List;
import java.util.UUID;
import org.diracee.client.wire.CreateWebhook;
import org.diracee.client.wire.TestedWebhook;
import org.diracee.client.wire.UpdateWebhook;
import org.diracee.client.wire.Webhook;
import org.diracee.client.wire.WebhookDelivery;

/** One's webhooks: addresses that are told when a job group has finished. */
public final class Webhooks {

    private static final String WEBHOOKS = "/api/webhooks";

    private final ApiClient client;

    public Webhooks(ApiClient client) {
        this.client = client;
    }

    public List<Webhook> list() {
        return client.call(ApiRequest.get(WEBHOOKS), new TypeReference<>() {});
    }

    /** Makes a webhook; the answer alone has its secret. */
    public Webhook add(CreateWebhook request) {
        return client.call(ApiRequest.post(WEBHOOKS).json(request), Webhook.class);
    }

    public Webhook webhook(UUID id) {
        return client.call(ApiRequest.get(path(id)), Webhook.class);
    }

    /** Returns the newest 100 messages to it. */
    public List<WebhookDelivery> deliveries(UUID id) {
        return client.call(ApiRequest.get(path(id) + "/deliveries"), new TypeReference<>() {});
    }

    /** Lets it be told again, or no more. */
    public Webhook enable(UUID id, boolean enabled) {
        return client.call(
                ApiRequest.patch(path(id)).json(new UpdateWebhook(enabled)).repeatable(), Webhook.class);
    }

    /** Has a test message sent to it, once; returns what its receiver said. */
    public TestedWebhook test(UUID id) {
        return client.call(ApiRequest.post(path(id) + "/test"), TestedWebhook.class);
    }

    public void delete(UUID id) {
        client.exchange(ApiRequest.delete(path(id)));
    }

    private static String path(UUID id) {
        return WEBHOOKS + "/" + id;
    }
}
