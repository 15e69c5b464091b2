/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.framework.audit.entity;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import java.sql.SQLException;
import java.time.Instant;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.diracee.framework.audit.boundary.AuditAct;
import org.diracee.framework.audit.boundary.AuditActor;
import org.diracee.framework.audit.boundary.AuditCursor;
import org.diracee.framework.audit.boundary.AuditOutcome;
import org.diracee.framework.audit.boundary.AuditQuery;
import org.diracee.framework.audit.boundary.AuditRow;
import org.diracee.framework.audit.boundary.RequestOrigin;
import org.diracee.framework.schema.boundary.FrameworkUnit;
import org.diracee.framework.schema.boundary.SqlStatement;
import org.diracee.kernel.access.Credential;
import org.diracee.kernel.access.CredentialKind;
import org.hibernate.Session;

/** The audit log as stored: partitions of a month each. */
@ApplicationScoped
public class AuditRepository {

    private static final Pattern USER = Pattern.compile("user:([^:]+):.*", Pattern.DOTALL);

    private EntityManager entities;

    protected AuditRepository() {} // for the container's proxy

    @Inject
    public AuditRepository(@FrameworkUnit EntityManager entities) {
        this.entities = entities;
    }

    /** Adds all, by one statement. */
    public void add(List<AuditedFact> facts) {
        statement("""
                        insert into framework.audit (at, act, outcome, times, vo, actor, username, user_group,
                            credential_kind, credential, client, target, address, request_id, detail)
                        select * from unnest(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""")
                .instants(facts, AuditedFact::at)
                .texts(facts, fact -> fact.act().act().wireName())
                .texts(facts, fact -> fact.act().outcome().name())
                .numbers(facts, fact -> (long) fact.times())
                .texts(facts, fact -> fact.act().actor().vo())
                .texts(facts, fact -> fact.act().actor().identity())
                .texts(facts, fact -> fact.act().actor().username())
                .texts(facts, fact -> fact.act().actor().group())
                .texts(facts, fact -> fact.act().actor().credential().kind().name())
                .texts(facts, fact -> fact.act().actor().credential().id())
                .texts(facts, fact -> fact.act().actor().credential().actor().orElse(""))
                .texts(facts, fact -> fact.act().target())
                .texts(facts, fact -> fact.origin().address())
                .texts(facts, fact -> fact.origin().requestId())
                .texts(facts, fact -> fact.act().detail())
                .run();
    }

    /**
     * The rows that the query asks for, the newest first.
     *
     * @param after where the page before ended
     */
    public List<AuditRow> find(AuditQuery query, Optional<AuditCursor> after, int limit) {
        StringBuilder where = new StringBuilder(" where true");
        List<UnaryOperator<SqlStatement>> values = new ArrayList<>();
        text(where, values, "vo", query.vo());
        text(where, values, "username", query.username());
        text(where, values, "actor", query.actor());
        query.actor().ifPresent(actor -> narrow(where, values, actor));
        text(where, values, "act", query.act().map(AuditAct::wireName));
        text(where, values, "outcome", query.outcome().map(Enum::name));
        text(where, values, "target", query.target());
        text(where, values, "credential", query.credential());
        text(where, values, "address", query.address());
        text(where, values, "request_id", query.requestId());
        query.from().ifPresent(from -> {
            where.append(" and at >= ?");
            values.add(statement -> statement.instant(from));
        });
        query.until().ifPresent(until -> {
            where.append(" and at < ?");
            values.add(statement -> statement.instant(until));
        });
        after.ifPresent(cursor -> {
            where.append(" and (at, id) < (?, ?)");
            values.add(statement -> statement.instant(cursor.at()).number(cursor.id()));
        });
        SqlStatement statement =
                statement("select * from framework.audit" + where + " order by at desc, id desc limit " + limit);
        for (UnaryOperator<SqlStatement> value : values) {
            statement = value.apply(statement);
        }
        return statement.rows(AuditRepository::row);
    }

    /** Says in words of an index what an actor's identity says too: a user's VO, and that pilots and agents have no user's name. */
    private static void narrow(StringBuilder where, List<UnaryOperator<SqlStatement>> values, String actor) {
        Matcher user = USER.matcher(actor);
        if (user.matches()) {
            text(where, values, "vo", Optional.of(user.group(1)));
        } else if (!actor.startsWith("job:")) {
            where.append(" and username = ''");
        }
    }

    private static void text(
            StringBuilder where, List<UnaryOperator<SqlStatement>> values, String column, Optional<String> wanted) {
        wanted.ifPresent(text -> {
            where.append(" and ").append(column).append(" = ?");
            values.add(statement -> statement.text(text.replace('\0', ' ')));
        });
    }

    private static AuditRow row(SqlStatement.Row row) throws SQLException {
        String client = row.text("client");
        return new AuditRow(
                new AuditCursor(row.instant("at"), row.number("id")),
                row.text("act"),
                AuditOutcome.valueOf(row.text("outcome")),
                row.integer("times"),
                new AuditActor(
                        row.text("actor"),
                        row.text("username"),
                        row.text("user_group"),
                        row.text("vo"),
                        new Credential(
                                CredentialKind.valueOf(row.text("credential_kind")),
                                row.text("credential"),
                                client.isEmpty() ? Optional.empty() : Optional.of(client))),
                row.text("target"),
                new RequestOrigin(row.text("address"), row.text("request_id")),
                row.text("detail"));
    }

    /** Makes the partition of the month if it is missing. */
    public void ensureMonth(YearMonth month) {
        statement("select framework.ensure_audit_month(cast(? as date))")
                .text(month.atDay(1).toString())
                .rows(row -> true);
    }

    /** Drops the months that ended before; tells how many. */
    public int dropBefore(Instant oldest) {
        return statement("select framework.drop_audit_before(?) as dropped")
                .instant(oldest)
                .rows(row -> row.integer("dropped"))
                .get(0);
    }

    private SqlStatement statement(String sql) {
        return new SqlStatement(entities.unwrap(Session.class), sql);
    }
}
