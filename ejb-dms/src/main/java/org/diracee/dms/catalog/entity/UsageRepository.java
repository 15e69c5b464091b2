/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.dms.catalog.entity;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.diracee.dms.catalog.boundary.CatalogUse;
import org.diracee.dms.catalog.boundary.CatalogUse.Amount;
import org.diracee.dms.catalog.boundary.OwnerUse;
import org.diracee.dms.schema.boundary.DmsUnit;
import org.diracee.framework.schema.boundary.SqlStatement;
import org.diracee.kernel.value.Lfn;
import org.diracee.kernel.value.SeName;
import org.diracee.kernel.value.UserName;
import org.diracee.kernel.value.VoName;
import org.hibernate.Session;

/** How much there is below each directory and of each owner: totals, and deltas that are not folded into them yet. */
@ApplicationScoped
public class UsageRepository {

    private EntityManager entities;

    protected UsageRepository() {} // for the container's proxy

    @Inject
    public UsageRepository(@DmsUnit EntityManager entities) {
        this.entities = entities;
    }

    /** What a statement says of one owner at one storage element. */
    private record Line(String owner, String group, Optional<SeName> se, Amount amount) {}

    /** Notes these files with all their replicas, as come or as gone. Two transactions never wait for each other here. */
    public void note(Collection<Long> files, boolean come) {
        if (!files.isEmpty()) {
            statement("""
                            insert into dms.usage_delta (directory, owner, owner_group, se, files, bytes)
                            select directory, owner, owner_group, se, ? * count(*), ? * sum(size) from (
                                select file.directory, file.owner, file.owner_group, 0 as se, file.size
                                from dms.file file where file.id = any(?)
                                union all
                                select file.directory, file.owner, file.owner_group, replica.se, file.size
                                from dms.file file join dms.replica replica on replica.file = file.id
                                where file.id = any(?)) noted
                            group by 1, 2, 3, 4""")
                    .number(sign(come))
                    .number(sign(come))
                    .numbers(files)
                    .numbers(files)
                    .run();
        }
    }

    /** Notes replicas, as come or as gone, of files that stay. */
    public void noteReplicas(Collection<ReplicaRepository.Place> places, boolean come) {
        if (!places.isEmpty()) {
            statement("""
                            insert into dms.usage_delta (directory, owner, owner_group, se, files, bytes)
                            select file.directory, file.owner, file.owner_group, se.id, ? * count(*), ? * sum(file.size)
                            from unnest(?::bigint[], ?::text[]) place(file, se)
                                join dms.file file on file.id = place.file
                                join dms.storage_element se on se.name = place.se
                            group by 1, 2, 3, 4""")
                    .number(sign(come))
                    .number(sign(come))
                    .numbers(places, ReplicaRepository.Place::file)
                    .texts(places, place -> place.se().text())
                    .run();
        }
    }

    /** Lets nobody else fold, and nobody move directories, until the transaction ends. */
    public void guardFolding() {
        statement("select pg_advisory_xact_lock(hashtextextended('dms.usage', 0)) is null as locked")
                .rows(row -> true);
    }

    /** Lets nobody fold until the transaction ends; others may move directories too. */
    public void guardMoving() {
        statement("select pg_advisory_xact_lock_shared(hashtextextended('dms.usage', 0)) is null as locked")
                .rows(row -> true);
    }

    /**
     * Notes that a directory moves with what is folded of it; the rest follows as it is folded, by the way that then leads up. The
     * transaction has the guard.
     */
    public void noteMove(long directory, long oldParent, long newParent) {
        statement("""
                        insert into dms.usage_delta (directory, se, files, bytes)
                        select ?, se, -files, -bytes from dms.usage where directory = ?
                        union all
                        select ?, se, files, bytes from dms.usage where directory = ?""")
                .number(oldParent)
                .number(directory)
                .number(newParent)
                .number(directory)
                .run();
    }

    /** Folds at most this many deltas; tells how many. The transaction has the guard. One statement: a reader never counts twice. */
    public int fold(int limit) {
        return statement("""
                        with recursive taken as (
                            delete from dms.usage_delta where id in (
                                select id from dms.usage_delta order by id limit ? for update skip locked)
                            returning directory, owner, owner_group, se, files, bytes),
                        above(directory, se, files, bytes) as (
                            select directory, se, sum(files), sum(bytes) from taken group by directory, se
                            union all
                            select directory.parent, above.se, above.files, above.bytes
                            from above join dms.directory directory on directory.id = above.directory
                            where directory.parent is not null),
                        folded as (
                            insert into dms.usage as total (directory, se, files, bytes)
                            select directory, se, sum(files), sum(bytes) from above group by 1, 2
                            having sum(files) <> 0 or sum(bytes) <> 0 order by 1, 2
                            on conflict (directory, se) do update
                            set files = total.files + excluded.files, bytes = total.bytes + excluded.bytes),
                        of_owner as (
                            insert into dms.usage_of_owner as total (catalog, owner, owner_group, se, files, bytes)
                            select directory.catalog, taken.owner, taken.owner_group, taken.se, sum(taken.files),
                                sum(taken.bytes)
                            from taken join dms.directory directory on directory.id = taken.directory
                            where taken.owner is not null group by 1, 2, 3, 4
                            having sum(taken.files) <> 0 or sum(taken.bytes) <> 0 order by 1, 2, 3, 4
                            on conflict (catalog, owner, owner_group, se) do update
                            set files = total.files + excluded.files, bytes = total.bytes + excluded.bytes)
                        select count(*) as folded from taken""").number(limit).rows(row -> row.integer("folded")).get(0);
    }

    /** How much there is below a directory. */
    public CatalogUse below(int catalog, long directory, Lfn path) {
        List<Line> lines = statement("""
                        select '' as owner, '' as owner_group, se.name as se, sum(files)::bigint as files,
                            least(sum(bytes), 9223372036854775807)::bigint as bytes
                        from (
                            select se, files, bytes from dms.usage where directory = ?
                            union all
                            select delta.se, delta.files, delta.bytes
                            from dms.usage_delta delta join dms.directory directory on directory.id = delta.directory
                            where directory.catalog = ?
                                and (directory.path = ? or directory.path > ? and directory.path < ?)) part
                        left join dms.storage_element se on se.id = part.se
                        group by se.name""")
                .number(directory)
                .number(catalog)
                .text(path.text())
                .text(path.text() + "/")
                .text(path.text() + "0")
                .rows(UsageRepository::line);
        return use(lines);
    }

    /** How much belongs to each owner of the VO, or to one user in each of his groups. */
    public List<OwnerUse> ofOwners(int catalog, VoName vo, Optional<UserName> only) {
        Map<List<String>, List<Line>> owners = new LinkedHashMap<>();
        statement("""
                        select owner.name as owner, owner_group.name as owner_group, se.name as se,
                            sum(files)::bigint as files, least(sum(bytes), 9223372036854775807)::bigint as bytes
                        from (
                            select owner, owner_group, se, files, bytes from dms.usage_of_owner where catalog = ?
                            union all
                            select delta.owner, delta.owner_group, delta.se, delta.files, delta.bytes
                            from dms.usage_delta delta join dms.directory directory on directory.id = delta.directory
                            where directory.catalog = ? and delta.owner is not null) part
                        join dms.principal owner on owner.id = part.owner
                        join dms.principal owner_group on owner_group.id = part.owner_group
                        left join dms.storage_element se on se.id = part.se
                        where owner.vo = ? and (? or owner.name = ?)
                        group by 1, 2, 3 having sum(files) <> 0 order by 1, 2, 3""")
                .number(catalog)
                .number(catalog)
                .text(vo.text())
                .truth(only.isEmpty())
                .text(only.map(UserName::text).orElse(""))
                .rows(UsageRepository::line)
                .forEach(line -> owners.computeIfAbsent(List.of(line.owner(), line.group()), key -> new ArrayList<>())
                        .add(line));
        return owners.entrySet().stream()
                .map(owner -> new OwnerUse(owner.getKey().get(0), owner.getKey().get(1), use(owner.getValue())))
                .toList();
    }

    /**
     * How many files belong to a user, or to a group, of the VO.
     *
     * @param kind USER or GROUP
     */
    public Amount ofPrincipal(int catalog, String kind, VoName vo, String name) {
        String column = kind.equals("USER") ? "owner" : "owner_group";
        return statement("with who as (select id from dms.principal where kind = ? and vo = ? and name = ?)"
                        + " select coalesce(sum(files), 0)::bigint as files,"
                        + " least(coalesce(sum(bytes), 0), 9223372036854775807)::bigint as bytes from ("
                        + " select files, bytes from dms.usage_of_owner"
                        + " where catalog = ? and se = 0 and " + column + " = (select id from who)"
                        + " union all"
                        + " select delta.files, delta.bytes"
                        + " from dms.usage_delta delta join dms.directory directory on directory.id = delta.directory"
                        + " where directory.catalog = ? and delta.se = 0"
                        + " and delta." + column + " = (select id from who)) part")
                .text(kind)
                .text(vo.text())
                .text(name)
                .number(catalog)
                .number(catalog)
                .rows(row -> new Amount(row.number("files"), row.number("bytes")))
                .get(0);
    }

    private static CatalogUse use(List<Line> lines) {
        Amount files = Amount.NOTHING;
        Map<SeName, Amount> bySe = new TreeMap<>();
        for (Line line : lines) {
            if (line.se().isEmpty()) {
                files = line.amount();
            } else if (line.amount().files() != 0) {
                bySe.put(line.se().get(), line.amount());
            }
        }
        return new CatalogUse(files, bySe);
    }

    private static Line line(SqlStatement.Row row) throws SQLException {
        return new Line(
                row.text("owner"),
                row.text("owner_group"),
                Optional.ofNullable(row.textOrNull("se")).map(SeName::new),
                new Amount(row.number("files"), row.number("bytes")));
    }

    private static int sign(boolean come) {
        return come ? 1 : -1;
    }

    private SqlStatement statement(String sql) {
        return new SqlStatement(entities.unwrap(Session.class), sql);
    }
}
