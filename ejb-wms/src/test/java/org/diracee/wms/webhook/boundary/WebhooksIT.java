/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.webhook.boundary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.diracee.framework.audit.boundary.SecurityAudit;
import org.diracee.framework.audit.control.Refusals;
import org.diracee.framework.registry.boundary.RegisteredGroup;
import org.diracee.framework.registry.boundary.RegisteredUser;
import org.diracee.framework.registry.boundary.Registry;
import org.diracee.framework.sealing.boundary.Sealing;
import org.diracee.kernel.access.Caller;
import org.diracee.kernel.access.Property;
import org.diracee.kernel.error.Forbidden;
import org.diracee.kernel.error.InvalidRequest;
import org.diracee.kernel.value.GroupName;
import org.diracee.kernel.value.JobId;
import org.diracee.kernel.value.VoName;
import org.diracee.wms.feed.boundary.ChangeFeed;
import org.diracee.wms.feed.control.ChangeWindow;
import org.diracee.wms.feed.entity.ChangeRepository;
import org.diracee.wms.fixture.WmsServices;
import org.diracee.wms.job.boundary.JobMonitoring;
import org.diracee.wms.job.boundary.StatusReport;
import org.diracee.wms.job.control.CountCache;
import org.diracee.wms.job.entity.JobDetailsRepository;
import org.diracee.wms.job.entity.JobSearchRepository;
import org.diracee.wms.webhook.control.TargetRules;
import org.diracee.wms.webhook.control.WebhookConnection;
import org.diracee.wms.webhook.entity.WebhookRepository;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class WebhooksIT {

    private static final URI HOOK = URI.create("https://ci.example.org/hook");

    private final WmsServices wms = new WmsServices();
    private final WebhookRepository repository = new WebhookRepository(wms.database.entities());
    private final OpenSealing sealing = new OpenSealing();
    private final Receiver receiver = new Receiver();
    private final WebhookSending sending = new WebhookSending(receiver, wms.configuration);
    private final Members registry = new Members();
    private final Webhooks webhooks = new Webhooks(
            repository,
            sealing,
            new SecurityAudit(wms.auditRows, new Refusals(), wms.clock),
            wms.configuration,
            wms.clock);
    private final WebhookNews news = new WebhookNews(
            repository,
            new ChangeFeed(
                    new ChangeRepository(wms.database.entities()),
                    new ChangeWindow(),
                    new JobMonitoring(
                            new JobSearchRepository(wms.database.entities()),
                            new JobDetailsRepository(wms.database.entities()),
                            new CountCache(wms.clock),
                            wms.snapshots(),
                            wms.managed,
                            wms.configuration),
                    wms.pilotMonitoring()),
            registry,
            wms.clock);
    private final WebhookDeliveries deliveries =
            new WebhookDeliveries(repository, sealing, registry, wms.suspended, wms.configuration, wms.clock);

    @BeforeEach
    void beginNow() {
        wms.database.query("delete from wms.webhook");
        wms.in(services -> {
            news.skip(wms.agent);
            return true;
        });
    }

    @Test
    void tellsOnceThatAGroupHasFinished() {
        UUID hook = registered(wms.alice, Optional.of("reco"), false);
        List<JobId> jobs = submitted(wms.alice, "reco");
        kill(wms.alice, jobs.get(0));
        cycle();
        assertThat(receiver.bodies).isEmpty();

        kill(wms.alice, jobs.get(1));
        cycle();
        cycle();

        assertThat(receiver.bodies).singleElement().satisfies(body -> assertThat(body)
                .contains(
                        "\"type\":\"job_group.finished\"",
                        "\"JobGroup\":\"reco\"",
                        "\"Jobs\":2",
                        "\"Statuses\":{\"Killed\":2}"));
        assertThat(receiver.headers.get(0)).containsKeys("webhook-id", "webhook-timestamp", "webhook-signature");
        assertThat(in(() -> webhooks.deliveries(wms.alice, hook)))
                .singleElement()
                .satisfies(delivery -> {
                    assertThat(delivery.status()).isEqualTo("Delivered");
                    assertThat(delivery.answer()).contains(200);
                });
    }

    @Test
    void tellsAgainWhenMoreJobsOfTheGroupHaveEnded() {
        registered(wms.alice, Optional.empty(), false);
        submitted(wms.alice, "reco").forEach(job -> kill(wms.alice, job));
        cycle();
        wms.clock.advance(Duration.ofSeconds(1));
        submitted(wms.alice, "reco").forEach(job -> kill(wms.alice, job));
        cycle();

        assertThat(receiver.bodies).hasSize(2);
        assertThat(receiver.bodies.get(1)).contains("\"Jobs\":4");
    }

    @Test
    void whatIsReportedAfterTheEndIsNoNews() {
        registered(wms.alice, Optional.empty(), false);
        List<JobId> jobs = submitted(wms.alice, "reco");
        jobs.forEach(job -> kill(wms.alice, job));
        cycle();
        wms.clock.advance(Duration.ofSeconds(1));
        jobs.forEach(job -> kill(wms.alice, job));
        cycle();

        assertThat(receiver.bodies).hasSize(1);
    }

    @Test
    void aReceiverThatFailsWithManyWordsIsGivenUpLikeAnyOther() {
        UUID hook = registered(wms.alice, Optional.empty(), false);
        for (int attempt = 0; attempt < 20; attempt++) {
            submitted(wms.alice, "reco" + attempt).forEach(job -> kill(wms.alice, job));
        }
        while (in(() -> news.look(wms.agent))) {
            // there is more
        }
        wms.database.query("update wms.webhook_delivery set next_attempt = created");
        while (!in(() -> deliveries.due(wms.agent, 100)).isEmpty()) {
            for (UUID id : in(() -> deliveries.due(wms.agent, 100))) {
                Optional<Outgoing> message = in(() -> deliveries.outgoing(wms.agent, id));
                message.ifPresent(sent -> in(() ->
                        deliveries.sent(wms.agent, sent, Optional.empty(), Optional.of("no host " + "x".repeat(300)))));
            }
        }

        assertThat(in(() -> webhooks.webhook(wms.alice, hook)).enabled()).isFalse();
    }

    @Test
    void othersAreToldOnlyWithTheRightToSeeAllJobs() {
        registered(wms.bob, Optional.empty(), false);
        registered(wms.admin, Optional.empty(), true);
        submitted(wms.alice, "reco").forEach(job -> kill(wms.alice, job));
        cycle();
        assertThat(receiver.bodies).hasSize(1);

        registry.administrators = false;
        wms.clock.advance(Duration.ofSeconds(1));
        submitted(wms.alice, "reco").forEach(job -> kill(wms.alice, job));
        cycle();
        assertThat(receiver.bodies).hasSize(1);
    }

    @Test
    void jobsWithoutAGroupMakeNone() {
        registered(wms.alice, Optional.empty(), false);
        wms.submitted(wms.alice, "Executable = \"/bin/true\";").forEach(job -> kill(wms.alice, job));
        cycle();

        assertThat(receiver.bodies).isEmpty();
    }

    @Test
    void triesAgainLaterAndGivesUpAfterManyFailures() {
        UUID hook = registered(wms.alice, Optional.empty(), false);
        receiver.status = 500;
        submitted(wms.alice, "reco").forEach(job -> kill(wms.alice, job));
        cycle();
        cycle();
        assertThat(receiver.bodies).hasSize(1);
        wms.clock.advance(Duration.ofSeconds(5));
        cycle();
        assertThat(receiver.bodies).hasSize(2);
        assertThat(receiver.headers.get(0).get("webhook-id"))
                .isEqualTo(receiver.headers.get(1).get("webhook-id"));

        for (int attempt = 0; attempt < 20; attempt++) {
            wms.clock.advance(Duration.ofDays(2));
            submitted(wms.alice, "reco" + attempt).forEach(job -> kill(wms.alice, job));
            cycle();
        }

        WebhookView view = in(() -> webhooks.webhook(wms.alice, hook));
        assertThat(view.enabled()).isFalse();
        assertThat(view.reason().orElse("")).contains("20 tries in a row have failed", "500");
        receiver.status = 200;
        in(() -> webhooks.enable(wms.alice, hook, true));
        int before = receiver.bodies.size();
        submitted(wms.alice, "again").forEach(job -> kill(wms.alice, job));
        cycle();
        assertThat(receiver.bodies).hasSize(before + 1);
    }

    @Test
    void aReceiverThatIsGoneIsToldNoMore() {
        UUID hook = registered(wms.alice, Optional.empty(), false);
        receiver.status = 410;
        submitted(wms.alice, "reco").forEach(job -> kill(wms.alice, job));
        cycle();

        assertThat(in(() -> webhooks.webhook(wms.alice, hook)).enabled()).isFalse();
    }

    @Test
    void nobodySeesOrChangesTheWebhookOfAnother() {
        UUID hook = registered(wms.alice, Optional.empty(), false);
        Caller.User elsewhere = new WmsServices().alice;

        for (Caller.User other : List.of(wms.bob, wms.admin, elsewhere)) {
            assertThat(in(() -> webhooks.list(other))).isEmpty();
            assertThatThrownBy(() -> in(() -> webhooks.webhook(other, hook))).isInstanceOf(WebhookNotFound.class);
            assertThatThrownBy(() -> in(() -> webhooks.enable(other, hook, false)))
                    .isInstanceOf(WebhookNotFound.class);
            assertThatThrownBy(() -> in(() -> webhooks.deliveries(other, hook))).isInstanceOf(WebhookNotFound.class);
        }
    }

    @Test
    void anOwnerTriesItOutAndSeesWhatTheReceiverSays() {
        UUID hook = registered(wms.alice, Optional.of("reco"), false);
        WebhookTrial trial = new WebhookTrial(webhooks, sending);
        in(() -> webhooks.enable(wms.alice, hook, false));
        receiver.status = 418;

        assertThat(in(() -> trial.tryOut(wms.alice, hook)).status()).contains(418);

        assertThat(receiver.bodies).singleElement().satisfies(body -> assertThat(body)
                .contains("\"type\":\"webhook.test\"", "\"Owner\":\"" + wms.alice.username() + "\""));
        assertThat(receiver.headers.get(0)).containsKeys("webhook-id", "webhook-timestamp", "webhook-signature");
        assertThat(in(() -> webhooks.deliveries(wms.alice, hook))).isEmpty();
        assertThat(in(() -> webhooks.webhook(wms.alice, hook)).failures()).isZero();
        assertThatThrownBy(() -> in(() -> trial.tryOut(wms.bob, hook))).isInstanceOf(WebhookNotFound.class);
    }

    @Test
    void whoGetsTheNameOfOneThatHasLeftGetsNeitherTheWebhookNorTellsIt() {
        UUID hook = registered(wms.alice, Optional.empty(), false);
        List<JobId> old = submitted(wms.alice, "reco");
        old.forEach(job -> kill(wms.alice, job));
        while (in(() -> news.look(wms.agent))) {
            // there is more
        }
        registry.aliceHasLeft = true;
        Caller.User next = new Caller.User(
                "alice-2", wms.alice.username(), wms.alice.group(), wms.alice.vo(), wms.alice.properties());
        submitted(next, "mine").forEach(job -> kill(next, job));
        cycle();

        assertThat(receiver.bodies).isEmpty();
        assertThat(in(() -> webhooks.list(next))).isEmpty();
        assertThatThrownBy(() -> in(() -> webhooks.webhook(next, hook))).isInstanceOf(WebhookNotFound.class);
    }

    @Test
    void theSecretIsSealedAndShownOnce() {
        RegisteredWebhook made = in(() -> webhooks.register(wms.alice, new NewWebhook(HOOK, Optional.empty(), false)));

        assertThat(made.secret()).startsWith("whsec_");
        assertThat(wms.database.value(
                        "select sealed_secret from wms.webhook where id = '%s'",
                        made.webhook().id()))
                .isEqualTo("sealed for webhook/" + made.webhook().id());
        assertThat(made.webhook().toString()).doesNotContain(made.secret());
    }

    @Test
    void refusesWhatIsNotAllowed() {
        assertThatThrownBy(() -> in(() -> webhooks.register(
                        wms.alice, new NewWebhook(URI.create("https://10.0.0.1/"), Optional.empty(), false))))
                .isInstanceOf(InvalidRequest.class);
        assertThatThrownBy(() -> registered(wms.alice, Optional.empty(), true)).isInstanceOf(Forbidden.class);
        for (int number = 0; number < 20; number++) {
            registered(wms.alice, Optional.empty(), false);
        }
        assertThatThrownBy(() -> registered(wms.alice, Optional.empty(), false))
                .isInstanceOf(InvalidRequest.class)
                .hasMessageContaining("20 webhooks");
    }

    private UUID registered(Caller.User owner, Optional<String> group, boolean wholeVo) {
        return in(() -> webhooks.register(owner, new NewWebhook(HOOK, group, wholeVo)))
                .webhook()
                .id();
    }

    private List<JobId> submitted(Caller.User owner, String group) {
        return wms.submitted(owner, "Executable = \"/bin/true\"; Parameters = 2; JobGroup = \"" + group + "\";");
    }

    private void kill(Caller.User owner, JobId job) {
        StatusReport killed = new StatusReport(
                Optional.of(org.diracee.kernel.value.JobStatus.KILLED),
                Optional.of("Marked for termination"),
                Optional.empty(),
                "test");
        wms.in(services -> services.stateUpdate.status(owner, Map.of(job, Map.of(wms.clock.instant(), killed)), false));
    }

    /** Each step in a transaction of its own, as in the container. */
    private void cycle() {
        while (in(() -> news.look(wms.agent))) {
            // there is more
        }
        for (UUID id : in(() -> deliveries.due(wms.agent, 100))) {
            Optional<Outgoing> message = in(() -> deliveries.outgoing(wms.agent, id));
            message.ifPresent(sent -> {
                WebhookAnswer answer = sending.send(sent);
                in(() -> deliveries.sent(wms.agent, sent, answer.status(), answer.failure()));
            });
        }
    }

    private <T> T in(Supplier<T> work) {
        return wms.in(services -> work.get());
    }

    /** Takes messages as a test wants it. */
    private static final class Receiver implements WebhookConnection {

        final List<String> bodies = new ArrayList<>();
        final List<Map<String, String>> headers = new ArrayList<>();
        int status = 200;

        @Override
        public int post(URI url, Map<String, String> sent, String body, TargetRules rules) {
            headers.add(sent);
            bodies.add(body);
            return status;
        }
    }

    /** Keeps secrets in memory instead of a store. */
    private static final class OpenSealing extends Sealing {

        private final Map<String, String> secrets = new java.util.HashMap<>();

        @Override
        public String seal(String secret, String place) {
            secrets.put(place, secret);
            return "sealed for " + place;
        }

        @Override
        public String open(String sealed, String place) {
            return java.util.Objects.requireNonNull(secrets.get(place));
        }
    }

    /** Who is in the group of administrators. */
    private final class Members extends Registry {

        boolean administrators = true;
        boolean aliceHasLeft;

        @Override
        public Optional<RegisteredUser> user(VoName vo, String subject) {
            return java.util.stream.Stream.of(wms.alice, wms.bob, wms.admin)
                    .filter(user -> user.subject().equals(subject) && !(aliceHasLeft && user.equals(wms.alice)))
                    .map(user -> new RegisteredUser(subject, user.username(), Optional.empty(), false, List.of()))
                    .findFirst();
        }

        @Override
        public Optional<RegisteredGroup> group(VoName vo, GroupName group) {
            return Optional.of(new RegisteredGroup(
                    group,
                    administrators
                            ? java.util.Set.of(Property.JOB_ADMINISTRATOR)
                            : java.util.Set.of(Property.NORMAL_USER),
                    java.util.Set.of(wms.admin.subject()),
                    1,
                    false,
                    java.util.Set.of()));
        }
    }
}
