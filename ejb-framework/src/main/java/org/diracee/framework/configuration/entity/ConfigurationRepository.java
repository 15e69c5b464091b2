/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.framework.configuration.entity;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.diracee.framework.configuration.boundary.Change;
import org.diracee.framework.configuration.boundary.Revision;
import org.diracee.framework.schema.boundary.FrameworkUnit;
import org.diracee.framework.schema.boundary.SqlStatement;
import org.hibernate.Session;

/** The revisions of the configuration document in the database, and what each changed. */
@ApplicationScoped
public class ConfigurationRepository {

    private static final String FACTS = "revision, hash, author, subject, origin, message, created";

    private EntityManager entities;

    protected ConfigurationRepository() {} // for the container's proxy

    @Inject
    public ConfigurationRepository(@FrameworkUnit EntityManager entities) {
        this.entities = entities;
    }

    /** The number of the revision in force; 0 if there is none yet. */
    public long latestRevision() {
        return entities.createQuery("select coalesce(max(r.revision), 0) from ConfigurationRevision r", Long.class)
                .getSingleResult();
    }

    public Optional<ConfigurationRevision> revision(long revision) {
        return Optional.ofNullable(entities.find(ConfigurationRevision.class, revision));
    }

    /** Who made this revision, without its document. */
    public Optional<Revision> facts(long revision) {
        return statement("select " + FACTS + " from framework.configuration_revision where revision = ?")
                .number(revision)
                .rows(ConfigurationRepository::facts)
                .stream()
                .findFirst();
    }

    /** At most this many revisions below a number, the newest first. */
    public List<Revision> revisionsBelow(long revision, int limit) {
        return statement("select " + FACTS
                        + " from framework.configuration_revision where revision < ? order by revision desc limit ?")
                .number(revision)
                .number(limit)
                .rows(ConfigurationRepository::facts);
    }

    /** Keeps other transactions from adding a revision until this one ends. */
    public void lockRevisions() {
        entities.createNativeQuery("select cast(pg_advisory_xact_lock(hashtext('dirac.configuration')) as text)")
                .getResultList();
    }

    public void add(ConfigurationRevision revision, List<Change> changes) {
        entities.persist(revision);
        entities.flush();
        if (changes.isEmpty()) {
            return;
        }
        statement("""
                        insert into framework.configuration_change (revision, place, path, kind, entry, before, after)
                        select ?, place - 1, path, kind, entry, before, after
                        from unnest(?::text[], ?::text[], ?::text[], ?::text[], ?::text[]) with ordinality
                            as new (path, kind, entry, before, after, place)""")
                .number(revision.facts().number())
                .texts(changes, Change::path)
                .texts(changes, change -> change.kind().name())
                .texts(changes, change -> change.subject().name())
                .texts(changes, Change::before)
                .texts(changes, Change::after)
                .run();
    }

    /** What this revision changed, in the order of the document. */
    public List<Change> changes(long revision) {
        return statement("""
                        select path, kind, entry, before, after from framework.configuration_change
                        where revision = ? order by place""").number(revision).rows(ConfigurationRepository::change);
    }

    /**
     * The last change of each path at or under this one up to a revision.
     *
     * @param path without slash at its end; empty for the root
     */
    public List<LastChange> lastChanges(String path, long revision) {
        return statement("""
                        select distinct on (change.path) change.path, change.kind, change.entry, change.before, change.after,
                            made.revision, made.hash, made.author, made.subject, made.origin, made.message, made.created
                        from framework.configuration_change change
                        join framework.configuration_revision made on made.revision = change.revision
                        where change.revision <= ? and (change.path = ? or starts_with(change.path, ?))
                        order by change.path, change.revision desc, change.place desc""")
                .number(revision)
                .text(path)
                .text(path + "/")
                .rows(row -> new LastChange(change(row), facts(row)));
    }

    /** The revision that last changed the entry at this path, up to a revision. */
    public Optional<Revision> lastChange(String path, long revision) {
        return statement("select " + FACTS + " " + """
                         from framework.configuration_revision where revision = (
                            select max(revision) from framework.configuration_change
                            where path = ? and revision <= ?)""")
                .text(path)
                .number(revision)
                .rows(ConfigurationRepository::facts)
                .stream()
                .findFirst();
    }

    private static Revision facts(SqlStatement.Row row) throws SQLException {
        return new Revision(
                row.number("revision"),
                row.text("hash"),
                row.text("author"),
                row.text("subject"),
                row.text("origin"),
                row.text("message"),
                row.instant("created"));
    }

    private static Change change(SqlStatement.Row row) throws SQLException {
        return new Change(
                row.text("path"),
                Change.Kind.valueOf(row.text("kind")),
                Change.Subject.valueOf(row.text("entry")),
                row.text("before"),
                row.text("after"));
    }

    private SqlStatement statement(String sql) {
        return new SqlStatement(entities.unwrap(Session.class), sql);
    }

    /** The last change of a path, and the revision that made it. */
    public record LastChange(Change change, Revision revision) {}
}
