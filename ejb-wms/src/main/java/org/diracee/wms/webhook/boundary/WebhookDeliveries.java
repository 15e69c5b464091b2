/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.webhook.boundary;

import static org.diracee.wms.log.boundary.WmsLog.LOG;

import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.diracee.framework.configuration.boundary.ConfigurationService;
import org.diracee.framework.registry.boundary.Registry;
import org.diracee.framework.sealing.boundary.Sealing;
import org.diracee.framework.suspension.boundary.Suspended;
import org.diracee.framework.suspension.boundary.SuspensionList;
import org.diracee.kernel.access.Caller;
import org.diracee.kernel.access.CallerKind;
import org.diracee.kernel.access.Requires;
import org.diracee.wms.webhook.control.RetrySchedule;
import org.diracee.wms.webhook.control.WebhookSettings;
import org.diracee.wms.webhook.entity.DeliveryRow;
import org.diracee.wms.webhook.entity.WebhookRepository;
import org.diracee.wms.webhook.entity.WebhookRow;

/** What is to be sent to webhooks, and how it went. */
@Stateless
public class WebhookDeliveries {

    private static final int GONE = 410;

    private WebhookRepository webhooks;
    private Sealing sealing;
    private Registry registry;
    private SuspensionList suspensions;
    private ConfigurationService configuration;
    private Clock clock;

    protected WebhookDeliveries() {} // for the container's proxy

    @Inject
    public WebhookDeliveries(
            WebhookRepository webhooks,
            Sealing sealing,
            Registry registry,
            SuspensionList suspensions,
            ConfigurationService configuration,
            Clock clock) {
        this.webhooks = webhooks;
        this.sealing = sealing;
        this.registry = registry;
        this.suspensions = suspensions;
        this.configuration = configuration;
        this.clock = clock;
    }

    /** The messages that are due, of each webhook one. */
    @Requires(callers = CallerKind.SYSTEM)
    public List<UUID> due(Caller caller, int limit) {
        return webhooks.due(clock.instant(), limit).stream()
                .map(DeliveryRow::id)
                .toList();
    }

    /** The message with all that it takes to send it; nothing, and no more tries, if its webhook may not be told. */
    @Requires(callers = CallerKind.SYSTEM)
    public Optional<Outgoing> outgoing(Caller caller, UUID id) {
        Optional<DeliveryRow> message = webhooks.message(id);
        Optional<WebhookRow> webhook = message.flatMap(row -> webhooks.find(row.webhook()));
        if (webhook.isEmpty() || !webhook.get().enabled()) {
            webhook.ifPresent(row -> webhooks.giveUp(row.id(), "the webhook is not enabled", clock.instant()));
            return Optional.empty();
        }
        WebhookRow row = webhook.get();
        if (!WebhookNews.isStillThere(registry, row)) {
            webhooks.giveUp(row.id(), "the owner has left the VO", clock.instant());
            return Optional.empty();
        }
        try {
            suspensions.requireOwner(row.vo(), row.owner());
        } catch (Suspended shutOut) {
            webhooks.giveUp(row.id(), "the owner is suspended", clock.instant());
            return Optional.empty();
        }
        return message.map(pending -> new Outgoing(
                id,
                row.id(),
                pending.attempts() + 1,
                row.url(),
                sealing.open(row.sealedSecret(), WebhookRow.place(row.id())),
                pending.body(),
                clock.instant()));
    }

    /**
     * Keeps how it went: a success, another try later, or the end.
     *
     * @param answer the HTTP status; empty: there was no answer
     * @param reason why there was none
     */
    @Requires(callers = CallerKind.SYSTEM)
    public boolean sent(Caller caller, Outgoing message, Optional<Integer> answer, Optional<String> reason) {
        Instant now = clock.instant();
        if (answer.filter(status -> status / 100 == 2).isPresent()) {
            webhooks.tried(message.id(), "Delivered", Optional.empty(), answer, Optional.empty(), now);
            webhooks.succeeded(message.webhook());
            return true;
        }
        String why = reason.orElseGet(() -> "the answer was " + answer.orElseThrow());
        Optional<Instant> next = RetrySchedule.pauseAfter(message.attempt()).map(now::plus);
        webhooks.tried(message.id(), next.isPresent() ? "Pending" : "Failed", next, answer, Optional.of(why), now);
        int failures = webhooks.failed(message.webhook());
        int allowed = new WebhookSettings(configuration.current()).failuresAllowed();
        if (failures >= allowed || answer.filter(status -> status == GONE).isPresent()) {
            String end = failures >= allowed ? failures + " tries in a row have failed, the last: " + why : why;
            webhooks.enable(message.webhook(), false, end);
            webhooks.giveUp(message.webhook(), end, now);
            LOG.webhookDisabled(message.webhook().toString(), end);
        }
        return false;
    }

    /** Forgets at most this many messages that ended long ago; tells how many. */
    @Requires(callers = CallerKind.SYSTEM)
    public int forget(Caller caller, int limit) {
        Instant before = clock.instant().minus(new WebhookSettings(configuration.current()).deliveriesKept());
        return webhooks.deleteFinishedBefore(before, limit);
    }
}
