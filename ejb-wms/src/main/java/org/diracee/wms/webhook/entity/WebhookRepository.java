/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.webhook.entity;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import java.net.URI;
import java.sql.SQLException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.diracee.framework.schema.boundary.SqlStatement;
import org.diracee.framework.schema.boundary.SqlStatement.Row;
import org.diracee.kernel.value.GroupName;
import org.diracee.kernel.value.UserName;
import org.diracee.kernel.value.VoName;
import org.diracee.wms.schema.boundary.WmsUnit;
import org.hibernate.Session;
import org.jspecify.annotations.Nullable;

/** Keeps webhooks, what they are to be told, and up to where the change feed was looked through for it. */
@ApplicationScoped
public class WebhookRepository {

    private static final String COLUMNS = "id::text as id, vo, owner, subject, owner_group, whole_vo, job_group, url,"
            + " sealed_secret, enabled, reason, failures, created";
    private static final int REASON_LENGTH = 255;

    private EntityManager entities;

    protected WebhookRepository() {} // for the container's proxy

    @Inject
    public WebhookRepository(@WmsUnit EntityManager entities) {
        this.entities = entities;
    }

    /** Adds a webhook unless its owner has as many already; owners are counted one after the other. */
    public boolean add(WebhookRow webhook, int most) {
        statement("select pg_advisory_xact_lock(hashtextextended('webhook ' || ? || ' ' || ?, 0))::text as locked")
                .text(webhook.vo().text())
                .text(webhook.subject())
                .rows(row -> true);
        return statement("""
                                insert into wms.webhook (id, vo, owner, subject, owner_group, whole_vo, job_group, url,
                                    sealed_secret, created)
                                select cast(? as uuid), ?, ?, ?, ?, ?, ?, ?, ?, ?
                                where (select count(*) from wms.webhook where vo = ? and subject = ?) < ?""")
                        .text(webhook.id().toString())
                        .text(webhook.vo().text())
                        .text(webhook.owner().text())
                        .text(webhook.subject())
                        .text(webhook.ownerGroup().text())
                        .truth(webhook.wholeVo())
                        .text(webhook.jobGroup().orElse(null))
                        .text(webhook.url().toString())
                        .text(webhook.sealedSecret())
                        .instant(webhook.created())
                        .text(webhook.vo().text())
                        .text(webhook.subject())
                        .number(most)
                        .run()
                == 1;
    }

    public List<WebhookRow> of(VoName vo, String subject) {
        return statement("select " + COLUMNS + " from wms.webhook where vo = ? and subject = ? order by created, id")
                .text(vo.text())
                .text(subject)
                .rows(WebhookRepository::webhook);
    }

    public Optional<WebhookRow> find(UUID id) {
        return statement("select " + COLUMNS + " from wms.webhook where id = cast(? as uuid)")
                .text(id.toString())
                .rows(WebhookRepository::webhook)
                .stream()
                .findFirst();
    }

    public void delete(UUID id) {
        statement("delete from wms.webhook where id = cast(? as uuid)")
                .text(id.toString())
                .run();
    }

    /** Lets it be told again, or no more. */
    public void enable(UUID id, boolean enabled, @Nullable String reason) {
        statement("update wms.webhook set enabled = ?, reason = ?, failures = 0 where id = cast(? as uuid)")
                .truth(enabled)
                .text(reason == null ? null : cut(reason))
                .text(id.toString())
                .run();
    }

    public boolean isAny() {
        return !statement("select 1 as one from wms.webhook where enabled limit 1")
                .rows(row -> true)
                .isEmpty();
    }

    /** The enabled webhooks that want to know of this group. */
    public List<WebhookRow> interestedIn(VoName vo, UserName owner, String jobGroup) {
        return statement("select " + COLUMNS + " from wms.webhook where vo = ? and enabled"
                        + " and (whole_vo or owner = ?) and (job_group = ? or job_group is null)")
                .text(vo.text())
                .text(owner.text())
                .text(jobGroup)
                .rows(WebhookRepository::webhook);
    }

    /** How many jobs of the owner's group are in which status, from the counters. */
    public Map<String, Long> jobs(VoName vo, UserName owner, String jobGroup) {
        Map<String, Long> jobs = new LinkedHashMap<>();
        statement("""
                        select status, sum(jobs)::bigint as jobs from (
                            select status, jobs from wms.job_counter where vo = ? and owner = ? and job_group = ?
                            union all
                            select status, jobs from wms.job_counter_delta where vo = ? and owner = ? and job_group = ?
                        ) counted group by status having sum(jobs) > 0 order by status""")
                .text(vo.text())
                .text(owner.text())
                .text(jobGroup)
                .text(vo.text())
                .text(owner.text())
                .text(jobGroup)
                .rows(row -> jobs.put(row.text("status"), row.number("jobs")));
        return jobs;
    }

    /** When a job of the owner's group ended last; what is reported of it after its end is no news. */
    public Optional<Instant> lastChange(VoName vo, UserName owner, String jobGroup) {
        return statement("select max(end_exec_time) as last from wms.job where vo = ? and owner = ? and job_group = ?")
                .text(vo.text())
                .text(owner.text())
                .text(jobGroup)
                .rows(row -> Optional.ofNullable(row.instantOrNull("last")))
                .get(0);
    }

    /** Has the webhook told this, unless it is told already. */
    public void tell(UUID webhook, UUID message, String key, String body, Instant now) {
        statement("""
                        insert into wms.webhook_delivery (id, webhook_id, event_key, body, status, next_attempt, created)
                        values (cast(? as uuid), cast(? as uuid), ?, ?, 'Pending', ?, ?)
                        on conflict (webhook_id, event_key) do nothing""")
                .text(message.toString())
                .text(webhook.toString())
                .text(key)
                .text(body)
                .instant(now)
                .instant(now)
                .run();
    }

    /** The oldest messages that are due, of each webhook one. */
    public List<DeliveryRow> due(Instant now, int limit) {
        return statement("""
                        select * from (
                            select distinct on (webhook_id) id::text as id, webhook_id::text as webhook, status, attempts,
                                next_attempt, answer, reason, body, created, finished
                            from wms.webhook_delivery where status = 'Pending' and next_attempt <= ?
                            order by webhook_id, next_attempt, id) due
                        order by next_attempt limit ?""").instant(now).number(limit).rows(WebhookRepository::delivery);
    }

    /** A message that is still to be taken. */
    public Optional<DeliveryRow> message(UUID id) {
        return statement("""
                        select id::text as id, webhook_id::text as webhook, status, attempts, next_attempt, answer, reason,
                            body, created, finished
                        from wms.webhook_delivery where id = cast(? as uuid) and status = 'Pending'""").text(id.toString()).rows(WebhookRepository::delivery).stream()
                .findFirst();
    }

    /** The newest messages to the webhook. */
    public List<DeliveryRow> deliveries(UUID webhook, int limit) {
        return statement("""
                        select id::text as id, webhook_id::text as webhook, status, attempts, next_attempt, answer, reason,
                            body, created, finished
                        from wms.webhook_delivery where webhook_id = cast(? as uuid) order by created desc, id limit ?""").text(webhook.toString()).number(limit).rows(WebhookRepository::delivery);
    }

    /** Keeps how a try went: the next one is at this time, or there is none. */
    public void tried(
            UUID message,
            String status,
            Optional<Instant> next,
            Optional<Integer> answer,
            Optional<String> reason,
            Instant now) {
        statement("""
                        update wms.webhook_delivery set status = ?, attempts = attempts + 1,
                            next_attempt = coalesce(?, next_attempt), answer = nullif(?, 0), reason = ?, finished = ?
                        where id = cast(? as uuid) and status = 'Pending'""")
                .text(status)
                .instant(next.orElse(null))
                .number(answer.orElse(0))
                .text(reason.map(WebhookRepository::cut).orElse(null))
                .instant(next.isPresent() ? null : now)
                .text(message.toString())
                .run();
    }

    /** Counts a failure of the webhook; tells how many there were in a row. */
    public int failed(UUID webhook) {
        return statement("update wms.webhook set failures = failures + 1 where id = cast(? as uuid) returning failures")
                .text(webhook.toString())
                .rows(row -> row.integer("failures"))
                .stream()
                .findFirst()
                .orElse(0);
    }

    public void succeeded(UUID webhook) {
        statement("update wms.webhook set failures = 0 where id = cast(? as uuid) and failures > 0")
                .text(webhook.toString())
                .run();
    }

    /** Ends what the webhook has not taken. */
    public void giveUp(UUID webhook, String reason, Instant now) {
        statement("""
                        update wms.webhook_delivery set status = 'Failed', reason = ?, finished = ?
                        where webhook_id = cast(? as uuid) and status = 'Pending'""").text(cut(reason)).instant(now).text(webhook.toString()).run();
    }

    /** Deletes at most this many messages that ended before; tells how many. */
    public int deleteFinishedBefore(Instant before, int limit) {
        return statement("""
                        delete from wms.webhook_delivery where id in (
                            select id from wms.webhook_delivery where finished < ? limit ? for update skip locked)""").instant(before).number(limit).run();
    }

    /** Up to where the change feed was looked through, locked until the end of the transaction. */
    public Optional<String> position() {
        return statement("select cursor from wms.webhook_position for update").rows(row -> row.text("cursor")).stream()
                .findFirst();
    }

    public void move(String cursor) {
        statement("""
                        insert into wms.webhook_position (cursor) values (?)
                        on conflict (only_one) do update set cursor = excluded.cursor""").text(cursor).run();
    }

    private static String cut(String reason) {
        return reason.length() <= REASON_LENGTH ? reason : reason.substring(0, REASON_LENGTH);
    }

    private static WebhookRow webhook(Row row) throws SQLException {
        return new WebhookRow(
                UUID.fromString(row.text("id")),
                new VoName(row.text("vo")),
                new UserName(row.text("owner")),
                row.text("subject"),
                new GroupName(row.text("owner_group")),
                row.truth("whole_vo"),
                Optional.ofNullable(row.textOrNull("job_group")),
                URI.create(row.text("url")),
                row.text("sealed_secret"),
                row.truth("enabled"),
                Optional.ofNullable(row.textOrNull("reason")),
                row.integer("failures"),
                row.instant("created"));
    }

    private static DeliveryRow delivery(Row row) throws SQLException {
        return new DeliveryRow(
                UUID.fromString(row.text("id")),
                UUID.fromString(row.text("webhook")),
                row.text("status"),
                row.integer("attempts"),
                row.instant("next_attempt"),
                Optional.ofNullable(row.numberOrNull("answer")).map(Long::intValue),
                Optional.ofNullable(row.textOrNull("reason")),
                row.text("body"),
                row.instant("created"),
                Optional.ofNullable(row.instantOrNull("finished")));
    }

    private SqlStatement statement(String sql) {
        return new SqlStatement(entities.unwrap(Session.class), sql);
    }
}
