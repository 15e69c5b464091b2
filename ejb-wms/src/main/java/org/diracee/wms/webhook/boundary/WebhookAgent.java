/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.webhook.boundary;

import static org.diracee.wms.log.boundary.WmsLog.LOG;

import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.diracee.framework.agent.boundary.Agent;
import org.diracee.framework.agent.boundary.CycleReport;
import org.diracee.kernel.access.OpenAccess;
import org.diracee.kernel.configuration.Configuration;
import org.diracee.wms.feed.boundary.CursorGone;
import org.diracee.wms.webhook.control.WebhookSettings;

/** Finds news for webhooks and sends it: of each webhook one message at a time, the oldest first, again if it fails. */
@Singleton
@Startup
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class WebhookAgent extends Agent {

    private static final int LOOKS = 20;
    private static final int MESSAGES = 100;
    private static final int SENDERS = 8;
    private static final int FORGOTTEN = 1_000;

    private WebhookNews news;
    private WebhookDeliveries deliveries;
    private WebhookSending sending;

    protected WebhookAgent() {} // for the container's proxy

    @Inject
    public WebhookAgent(WebhookNews news, WebhookDeliveries deliveries, WebhookSending sending) {
        this.news = news;
        this.deliveries = deliveries;
        this.sending = sending;
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
        List<UUID> due = deliveries.due(caller(), MESSAGES);
        List<Outgoing> messages =
                due.stream().flatMap(id -> outgoing(id).stream()).toList();
        int done = send(messages);
        deliveries.forget(caller(), FORGOTTEN);
        return new CycleReport(due.size(), done, due.size() - done);
    }

    private Optional<Outgoing> outgoing(UUID message) {
        try {
            return deliveries.outgoing(caller(), message);
        } catch (RuntimeException failure) {
            LOG.itemFailed(name(), "message " + message, failure);
            return Optional.empty();
        }
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

    /** Sends beside each other, for one that does not answer would keep all others waiting; tells how many were taken. */
    private int send(List<Outgoing> messages) {
        if (messages.isEmpty()) {
            return 0;
        }
        ExecutorService senders = Executors.newFixedThreadPool(Math.min(SENDERS, messages.size()));
        try {
            List<CompletableFuture<WebhookAnswer>> answers = messages.stream()
                    .map(message -> CompletableFuture.supplyAsync(() -> sending.send(message), senders))
                    .toList();
            int taken = 0;
            for (int i = 0; i < messages.size(); i++) {
                taken += noted(messages.get(i), answers.get(i).join()) ? 1 : 0;
            }
            return taken;
        } finally {
            senders.shutdownNow();
        }
    }

    /** Keeps how one message went; if that fails, the others' are kept all the same. */
    private boolean noted(Outgoing message, WebhookAnswer answer) {
        try {
            return deliveries.sent(caller(), message, answer.status(), answer.failure());
        } catch (RuntimeException failure) {
            LOG.itemFailed(name(), "message " + message.id(), failure);
            return false;
        }
    }
}
