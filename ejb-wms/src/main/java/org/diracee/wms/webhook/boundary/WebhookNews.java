/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.webhook.boundary;

import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.diracee.framework.registry.boundary.Registry;
import org.diracee.kernel.access.Caller;
import org.diracee.kernel.access.CallerKind;
import org.diracee.kernel.access.Property;
import org.diracee.kernel.access.Requires;
import org.diracee.kernel.value.JobStatus;
import org.diracee.kernel.value.UserName;
import org.diracee.kernel.value.VoName;
import org.diracee.wms.feed.boundary.ChangeFeed;
import org.diracee.wms.feed.boundary.ChangePage;
import org.diracee.wms.feed.boundary.CursorGone;
import org.diracee.wms.feed.boundary.StatusChange;
import org.diracee.wms.feed.boundary.WantedChanges;
import org.diracee.wms.webhook.control.FinishedGroup;
import org.diracee.wms.webhook.entity.WebhookRepository;
import org.diracee.wms.webhook.entity.WebhookRow;

/** Looks through the change feed for job groups that have finished, and has their webhooks told. */
@Stateless
public class WebhookNews {

    private static final int CHANGES = 5_000;

    /** Jobs that were put into no group: they never belong together. */
    private static final String NO_GROUP = "00000000";

    private static final WantedChanges ENDS = new WantedChanges(
            Set.of(),
            Set.of(),
            Arrays.stream(JobStatus.values()).filter(JobStatus::isFinal).collect(Collectors.toSet()),
            Optional.empty());

    private WebhookRepository webhooks;
    private ChangeFeed feed;
    private Registry registry;
    private Clock clock;

    protected WebhookNews() {} // for the container's proxy

    @Inject
    public WebhookNews(WebhookRepository webhooks, ChangeFeed feed, Registry registry, Clock clock) {
        this.webhooks = webhooks;
        this.feed = feed;
        this.registry = registry;
        this.clock = clock;
    }

    /**
     * Looks at the changes that follow those it has looked at; tells whether there are more. What it finds and how far it got are
     * committed together.
     *
     * @throws CursorGone if what follows is not kept any more; {@link #skip} goes on from now
     */
    @Requires(callers = CallerKind.SYSTEM)
    public boolean look(Caller caller) {
        Optional<String> position = webhooks.position();
        if (position.isEmpty() || !webhooks.isAny()) {
            skip(caller);
            return false;
        }
        ChangePage page = feed.everything(caller, ENDS, position, CHANGES);
        Set<Group> groups = new LinkedHashSet<>();
        page.changes().forEach(change -> groups.add(Group.of(change)));
        groups.forEach(this::tellIfFinished);
        webhooks.move(page.next());
        return page.hasMore();
    }

    /** Goes on from now. */
    @Requires(callers = CallerKind.SYSTEM)
    public void skip(Caller caller) {
        webhooks.move(feed.everything(caller, ENDS, Optional.empty(), 1).next());
    }

    private void tellIfFinished(Group group) {
        var interested = webhooks.interestedIn(group.vo(), group.owner(), group.name()).stream()
                .filter(webhook ->
                        webhook.jobGroup().isPresent() || !group.name().equals(NO_GROUP))
                .filter(webhook -> mayKnow(webhook, group))
                .toList();
        if (interested.isEmpty()) {
            return;
        }
        Map<String, Long> jobs = webhooks.jobs(group.vo(), group.owner(), group.name());
        boolean isFinished = jobs.keySet().stream()
                .map(JobStatus::parse)
                .allMatch(status -> status.isFinal() || status == JobStatus.DELETED);
        if (!isFinished || jobs.isEmpty()) {
            return;
        }
        webhooks.lastChange(group.vo(), group.owner(), group.name()).ifPresent(last -> {
            FinishedGroup finished = new FinishedGroup(group.vo(), group.owner(), group.name(), jobs, last);
            interested.forEach(webhook ->
                    webhooks.tell(webhook.id(), UUID.randomUUID(), finished.key(), finished.body(), clock.instant()));
        });
    }

    /**
     * Rights are those of now: who has left the VO is told nothing, whoever has the name since, and who may not see the jobs of
     * others any more is not told of them.
     */
    private boolean mayKnow(WebhookRow webhook, Group group) {
        if (!isStillThere(registry, webhook)) {
            return false;
        }
        if (webhook.owner().equals(group.owner())) {
            return true;
        }
        return registry.group(webhook.vo(), webhook.ownerGroup())
                .filter(now -> now.has(webhook.subject()) && now.properties().contains(Property.JOB_ADMINISTRATOR))
                .isPresent();
    }

    /** Whether the webhook's owner is in the VO, by the name that it had. */
    static boolean isStillThere(Registry registry, WebhookRow webhook) {
        return registry.user(webhook.vo(), webhook.subject())
                .filter(user -> user.username().equals(webhook.owner()) && !user.suspended())
                .isPresent();
    }

    private record Group(VoName vo, UserName owner, String name) {

        static Group of(StatusChange change) {
            return new Group(change.vo(), change.owner(), change.jobGroup());
        }
    }
}
