/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.webhook.boundary;

import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import org.diracee.framework.agent.boundary.Agent;
import org.diracee.framework.agent.boundary.CycleReport;
import org.diracee.framework.configuration.boundary.ConfigurationService;
import org.diracee.kernel.access.OpenAccess;
import org.diracee.kernel.configuration.Configuration;
import org.diracee.wms.feed.boundary.CursorGone;
import org.diracee.wms.webhook.control.TargetRules;
import org.diracee.wms.webhook.control.WebhookConnection;
import org.diracee.wms.webhook.control.WebhookSettings;
import org.diracee.wms.webhook.control.WebhookSignature;

/** Finds news for webhooks and sends it: of each webhook one message at a time, the oldest first, again if it fails. */
@Singleton
@Startup
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class WebhookAgent extends Agent {

    private static final int LOOKS = 20;
    private static final int MESSAGES = 100;
    private static final int FORGOTTEN = 1_000;

    private WebhookNews news;
    private WebhookDeliveries deliveries;
    private WebhookConnection connection;
    private ConfigurationService configuration;

    protected WebhookAgent() {} // for the container's proxy

    @Inject
    public WebhookAgent(
            WebhookNews news,
            WebhookDeliveries deliveries,
            WebhookConnection connection,
            ConfigurationService configuration) {
        this.news = news;
        this.deliveries = deliveries;
        this.connection = connection;
        this.configuration = configuration;
    }

    @Override
    @OpenAccess("a constant")
    public String name() {
        return "WebhookAgent";
    }

    @Override
    @OpenAccess("a setting")
    public Duration period(Configuration snapshot) {
        return new WebhookSettings(snapshot).pollingTime();
    }

    @Override
    @OpenAccess("called by the timer; acts as the agent")
    public CycleReport runCycle() {
        look();
        TargetRules rules = TargetRules.of(new WebhookSettings(configuration.current()));
        int done = 0;
        int failed = 0;
        for (UUID id : deliveries.due(caller(), MESSAGES)) {
            Optional<Outgoing> message = deliveries.outgoing(caller(), id);
            if (message.isPresent()) {
                if (send(message.get(), rules)) {
                    done++;
                } else {
                    failed++;
                }
            }
        }
        deliveries.forget(caller(), FORGOTTEN);
        return new CycleReport(done + failed, done, failed);
    }

    private void look() {
        try {
            int looks = 1;
            while (news.look(caller()) && looks < LOOKS) {
                looks++; // each look is a transaction of its own
            }
        } catch (CursorGone asleepForLong) {
            news.skip(caller());
        }
    }

    private boolean send(Outgoing message, TargetRules rules) {
        try {
            int status = connection.post(
                    message.url(),
                    WebhookSignature.headers(message.secret(), message.id().toString(), message.at(), message.body()),
                    message.body(),
                    rules);
            return deliveries.sent(caller(), message, Optional.of(status), Optional.empty());
        } catch (IOException failure) {
            return deliveries.sent(
                    caller(), message, Optional.empty(), Optional.of(String.valueOf(failure.getMessage())));
        }
    }
}
