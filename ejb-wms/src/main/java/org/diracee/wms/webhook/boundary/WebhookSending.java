/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.webhook.boundary;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;
import java.util.Optional;
import javax.net.ssl.SSLException;
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
            return new WebhookAnswer(Optional.empty(), Optional.of(reason(failure)));
        }
    }

    /** What Java's exceptions say often makes sense only together with their kind. */
    private static String reason(Exception failure) {
        String said = Optional.ofNullable(failure.getMessage())
                .orElse(failure.getClass().getSimpleName());
        if (failure instanceof UnknownHostException) {
            return "the host is not known: " + said;
        }
        if (failure instanceof ConnectException || failure instanceof NoRouteToHostException) {
            return "no connection: " + said;
        }
        return failure instanceof SSLException ? "no secure connection: " + said : said;
    }
}
