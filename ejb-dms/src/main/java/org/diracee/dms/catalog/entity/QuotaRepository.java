/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.dms.catalog.entity;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.diracee.dms.catalog.boundary.Quota;
import org.diracee.dms.schema.boundary.DmsUnit;
import org.diracee.framework.schema.boundary.SqlStatement;
import org.diracee.kernel.value.GroupName;
import org.diracee.kernel.value.Lfn;
import org.diracee.kernel.value.UserName;
import org.diracee.kernel.value.VoName;
import org.hibernate.Session;
import org.jspecify.annotations.Nullable;

/** The quotas as stored. */
@ApplicationScoped
public class QuotaRepository {

    private static final String COLUMNS = """
            select quota.id, quota.kind, coalesce(directory.path, quota.name) as name, quota.directory, quota.files, quota.bytes
            from dms.quota quota left join dms.directory directory on directory.id = quota.directory
            """;

    private EntityManager entities;

    protected QuotaRepository() {} // for the container's proxy

    @Inject
    public QuotaRepository(@DmsUnit EntityManager entities) {
        this.entities = entities;
    }

    /**
     * A quota that is set.
     *
     * @param directory the number of the directory, if it is that of one
     */
    public record Row(long id, Quota quota, Optional<Long> directory) {}

    /** Sets a quota, in place of the one that there is for the same. */
    public void set(int catalog, VoName vo, Quota quota, Optional<Long> directory) {
        remove(catalog, vo, quota.kind(), quota.name());
        statement("""
                        insert into dms.quota (catalog, vo, kind, name, directory, files, bytes)
                        values (?, ?, ?, ?, ?, ?, ?)""")
                .number(catalog)
                .text(vo.text())
                .text(quota.kind().name())
                .text(directory.isPresent() ? "" : quota.name())
                .numberOrNull(directory.orElse(null))
                .numberOrNull(boxed(quota.files()))
                .numberOrNull(boxed(quota.bytes()))
                .run();
    }

    /** Removes a quota; tells whether there was one. */
    public boolean remove(int catalog, VoName vo, Quota.Kind kind, String name) {
        return statement("""
                        delete from dms.quota where catalog = ? and vo = ? and kind = ? and (
                            directory is null and name = ?
                            or directory = (select id from dms.directory where catalog = ? and path = ?))""")
                        .number(catalog)
                        .text(vo.text())
                        .text(kind.name())
                        .text(name)
                        .number(catalog)
                        .text(name)
                        .run()
                > 0;
    }

    /** Quotas of the VO with larger numbers, by number. */
    public List<Row> all(int catalog, VoName vo, long after, int limit) {
        return statement(
                        COLUMNS + "where quota.catalog = ? and quota.vo = ? and quota.id > ? order by quota.id limit ?")
                .number(catalog)
                .text(vo.text())
                .number(after)
                .number(limit)
                .rows(QuotaRepository::row);
    }

    /** Those of the VO, of the user, of the group and of these directories. */
    public List<Row> of(int catalog, VoName vo, UserName user, GroupName group, Collection<Lfn> directories) {
        return statement(COLUMNS + """
                        where quota.catalog = ? and quota.vo = ? and quota.directory is null
                            and (quota.kind, quota.name) in (('VO', ?), ('USER', ?), ('GROUP', ?))
                        union all
                        """ + COLUMNS + """
                        where quota.directory in (select id from dms.directory where catalog = ? and path = any(?))
                        order by id""")
                .number(catalog)
                .text(vo.text())
                .text(vo.text())
                .text(user.text())
                .text(group.text())
                .number(catalog)
                .texts(directories, Lfn::text)
                .rows(QuotaRepository::row);
    }

    /** Lets nobody else use what these quotas leave until the transaction ends; taken in one order. */
    public void hold(VoName vo, Collection<Quota> quotas) {
        statement("""
                        select pg_advisory_xact_lock(hashtextextended('dms.quota ' || ? || ' ' || holder, 0)) is null as locked
                        from (select holder from unnest(?::text[]) holder order by holder collate "C") ordered""")
                .text(vo.text())
                .texts(quotas, quota -> quota.kind() + " " + quota.name())
                .rows(row -> true);
    }

    private static Row row(SqlStatement.Row row) throws SQLException {
        return new Row(
                row.number("id"),
                new Quota(
                        Quota.Kind.valueOf(row.text("kind")),
                        row.text("name"),
                        optional(row.numberOrNull("files")),
                        optional(row.numberOrNull("bytes"))),
                Optional.ofNullable(row.numberOrNull("directory")));
    }

    private static OptionalLong optional(@Nullable Long number) {
        return number == null ? OptionalLong.empty() : OptionalLong.of(number);
    }

    private static @Nullable Long boxed(OptionalLong number) {
        return number.isPresent() ? (Long) number.getAsLong() : null;
    }

    private SqlStatement statement(String sql) {
        return new SqlStatement(entities.unwrap(Session.class), sql);
    }
}
