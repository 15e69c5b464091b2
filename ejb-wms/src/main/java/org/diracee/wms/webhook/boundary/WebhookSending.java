/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.webhook.boundary;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.util.Optional;
import org.diracee.framework.configuration.boundary.ConfigurationService;
import org.diracee.kernel.access.OpenAccess;
import org.diracee.wms.webhook.control.TargetRules;
import org.diracee.wms.webhook.control.WebhookConnection;
import org.diracee.wms.webhook.control.WebhookSettings;
import org.diracee.wms.webhook.control.WebhookSignature;

/** Sends messages, signed, outside of transactions. */
@ApplicationScoped
public class WebhookSending {

    private WebhookConnection connection;
    private ConfigurationService configuration;

    protected WebhookSending() {} // for the container's proxy

    @Inject
    public WebhookSending(WebhookConnection connection, ConfigurationService configuration) {
        this.connection = connection;
        this.configuration = configuration;
    }

    /** Sends it once; ends within seconds. */
    @OpenAccess("who has the message may send it")
    public WebhookAnswer send(Outgoing message) {
        TargetRules rules = TargetRules.of(new WebhookSettings(configuration.current()));
        try {
            int status = connection.post(
                    message.url(),
                    WebhookSignature.headers(message.secret(), message.id().toString(), message.at(), message.body()),
                    message.body(),
                    rules);
            return new WebhookAnswer(Optional.of(status), Optional.empty());
        } catch (IOException | RuntimeException failure) {
            return new WebhookAnswer(Optional.empty(), Optional.of(String.valueOf(failure.getMessage())));
        }
    }
}
