/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.webhook.boundary;

import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.diracee.framework.audit.boundary.AuditAct;
import org.diracee.framework.audit.boundary.SecurityAudit;
import org.diracee.framework.configuration.boundary.ConfigurationService;
import org.diracee.framework.sealing.boundary.Sealing;
import org.diracee.kernel.access.Caller;
import org.diracee.kernel.access.Property;
import org.diracee.kernel.access.Requires;
import org.diracee.kernel.error.ErrorCode;
import org.diracee.kernel.error.Forbidden;
import org.diracee.kernel.error.InvalidRequest;
import org.diracee.wms.webhook.control.MessageBody;
import org.diracee.wms.webhook.control.TargetRules;
import org.diracee.wms.webhook.control.WebhookSettings;
import org.diracee.wms.webhook.control.WebhookSignature;
import org.diracee.wms.webhook.entity.DeliveryRow;
import org.diracee.wms.webhook.entity.WebhookRepository;
import org.diracee.wms.webhook.entity.WebhookRow;

/** Keeps the webhooks of users. Each user sees his own alone. */
@Stateless
public class Webhooks {

    private static final int LONGEST_GROUP = 32;
    private static final int SHOWN = 100;

    private WebhookRepository webhooks;
    private Sealing sealing;
    private SecurityAudit audit;
    private ConfigurationService configuration;
    private Clock clock;

    protected Webhooks() {} // for the container's proxy

    @Inject
    public Webhooks(
            WebhookRepository webhooks,
            Sealing sealing,
            SecurityAudit audit,
            ConfigurationService configuration,
            Clock clock) {
        this.webhooks = webhooks;
        this.sealing = sealing;
        this.audit = audit;
        this.configuration = configuration;
        this.clock = clock;
    }

    /**
     * Makes a webhook with a secret of its own.
     *
     * @throws Forbidden if it is to be told of jobs of others, and the caller administers none
     * @throws InvalidRequest if its address is not allowed, or the caller has as many webhooks as one may have
     */
    @Requires({Property.NORMAL_USER, Property.JOB_ADMINISTRATOR})
    public RegisteredWebhook register(Caller caller, NewWebhook wanted) {
        Caller.User user = user(caller);
        if (wanted.wholeVo() && !user.has(Property.JOB_ADMINISTRATOR)) {
            throw new Forbidden("Only a JobAdministrator is told of the jobs of the whole VO");
        }
        wanted.jobGroup()
                .filter(group -> group.isEmpty() || group.length() > LONGEST_GROUP)
                .ifPresent(wrong -> {
                    throw new InvalidRequest("job_group: 1 to " + LONGEST_GROUP + " characters are allowed");
                });
        WebhookSettings settings = new WebhookSettings(configuration.current());
        TargetRules.of(settings).require(wanted.url());
        UUID id = UUID.randomUUID();
        String secret = WebhookSignature.newSecret();
        WebhookRow made = new WebhookRow(
                id,
                user.vo(),
                user.username(),
                user.subject(),
                user.group(),
                wanted.wholeVo(),
                wanted.jobGroup(),
                wanted.url(),
                sealing.seal(secret, WebhookRow.place(id)),
                true,
                Optional.empty(),
                0,
                clock.instant());
        if (!webhooks.add(made, settings.perUser())) {
            throw new InvalidRequest(
                    ErrorCode.TOO_MANY_ITEMS,
                    "You have " + settings.perUser() + " webhooks, which is the most; delete one that is not needed");
        }
        // of the address the host alone: the rest may be a secret
        record(caller, id, "registered for " + wanted.url().getHost());
        return new RegisteredWebhook(view(made), secret);
    }

    /** The caller's webhooks in his VO, the oldest first. */
    @Requires({Property.NORMAL_USER, Property.JOB_ADMINISTRATOR})
    public List<WebhookView> list(Caller caller) {
        Caller.User user = user(caller);
        return webhooks.of(user.vo(), user.subject()).stream()
                .map(Webhooks::view)
                .toList();
    }

    /** @throws WebhookNotFound if it is not the caller's */
    @Requires({Property.NORMAL_USER, Property.JOB_ADMINISTRATOR})
    public WebhookView webhook(Caller caller, UUID id) {
        return view(own(caller, id));
    }

    /**
     * Lets a webhook be told again, or no more.
     *
     * @throws WebhookNotFound if it is not the caller's
     */
    @Requires({Property.NORMAL_USER, Property.JOB_ADMINISTRATOR})
    public WebhookView enable(Caller caller, UUID id, boolean enabled) {
        own(caller, id);
        webhooks.enable(id, enabled, enabled ? null : "disabled by its owner");
        record(caller, id, enabled ? "enabled" : "disabled");
        return view(own(caller, id));
    }

    /** @throws WebhookNotFound if it is not the caller's */
    @Requires({Property.NORMAL_USER, Property.JOB_ADMINISTRATOR})
    public void delete(Caller caller, UUID id) {
        own(caller, id);
        webhooks.delete(id);
        record(caller, id, "deleted");
    }

    /**
     * What the webhook was told and is to be told, the newest first.
     *
     * @throws WebhookNotFound if it is not the caller's
     */
    @Requires({Property.NORMAL_USER, Property.JOB_ADMINISTRATOR})
    public List<DeliveryView> deliveries(Caller caller, UUID id) {
        own(caller, id);
        return webhooks.deliveries(id, SHOWN).stream().map(Webhooks::view).toList();
    }

    /**
     * A message that means nothing, to be sent once.
     *
     * @throws WebhookNotFound if it is not the caller's
     */
    @Requires({Property.NORMAL_USER, Property.JOB_ADMINISTRATOR})
    public Outgoing trial(Caller caller, UUID id) {
        WebhookRow row = own(caller, id);
        record(caller, id, "tried out");
        Instant now = clock.instant();
        String body = MessageBody.of(
                "webhook.test",
                now,
                Map.of("VO", row.vo().text(), "Owner", row.owner().text()));
        return new Outgoing(
                UUID.randomUUID(), id, 1, row.url(), sealing.open(row.sealedSecret(), WebhookRow.place(id)), body, now);
    }

    private void record(Caller caller, UUID id, String what) {
        audit.record(caller, AuditAct.WEBHOOK, "webhook:" + id, what);
    }

    private WebhookRow own(Caller caller, UUID id) {
        Caller.User user = user(caller);
        return webhooks.find(id)
                .filter(found -> found.vo().equals(user.vo()) && found.subject().equals(user.subject()))
                .orElseThrow(() -> new WebhookNotFound(id));
    }

    private static Caller.User user(Caller caller) {
        if (caller instanceof Caller.User user) {
            return user;
        }
        throw new Forbidden();
    }

    private static WebhookView view(WebhookRow row) {
        return new WebhookView(
                row.id(),
                row.vo(),
                row.owner(),
                row.wholeVo(),
                row.jobGroup(),
                row.url(),
                row.enabled(),
                row.reason(),
                row.failures(),
                row.created());
    }

    private static DeliveryView view(DeliveryRow row) {
        return new DeliveryView(
                row.id(),
                row.status(),
                row.attempts(),
                row.finished().isPresent() ? Optional.empty() : Optional.of(row.nextAttempt()),
                row.answer(),
                row.reason(),
                row.body(),
                row.created(),
                row.finished());
    }
}
