/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.dms.catalog.entity;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.diracee.dms.catalog.boundary.Acl;
import org.diracee.dms.schema.boundary.DmsUnit;
import org.diracee.framework.schema.boundary.SqlStatement;
import org.diracee.kernel.value.Lfn;
import org.diracee.kernel.value.VoName;
import org.hibernate.Session;

/** The directories as stored. Whoever takes several takes them in the order of their paths. */
@ApplicationScoped
public class DirectoryRepository {

    private static final String ROWS = """
            select directory.id, directory.path, owner.name as owner, owner_group.name as owner_group, directory.mode,
                acl.entries as acl, default_acl.entries as default_acl, directory.created, directory.modified
            from dms.directory directory
                join dms.principal owner on owner.id = directory.owner
                join dms.principal owner_group on owner_group.id = directory.owner_group
                left join dms.acl acl on acl.id = directory.acl
                left join dms.acl default_acl on default_acl.id = directory.default_acl
            """;

    private EntityManager entities;

    protected DirectoryRepository() {} // for the container's proxy

    @Inject
    public DirectoryRepository(@DmsUnit EntityManager entities) {
        this.entities = entities;
    }

    /** What others may do with directories that a transaction holds. */
    public enum Hold {
        /** They may put in, change and take out files, but not move or remove the directory or make another in it. */
        SHARED("key share"),
        /** Nothing. */
        EXCLUSIVE("update");

        private final String sql;

        Hold(String sql) {
            this.sql = sql;
        }
    }

    /** Those of the paths that are directories. */
    public List<DirectoryRow> find(int catalog, Collection<Lfn> paths) {
        return statement(ROWS + "where directory.catalog = ? and directory.path = any(?)")
                .number(catalog)
                .texts(paths, Lfn::text)
                .rows(DirectoryRepository::row);
    }

    /** The same, held until the transaction ends. */
    public List<DirectoryRow> hold(int catalog, Collection<Lfn> paths, Hold hold) {
        return statement(ROWS + "where directory.catalog = ? and directory.path = any(?) order by directory.path for "
                        + hold.sql + " of directory")
                .number(catalog)
                .texts(new TreeSet<>(paths), Lfn::text)
                .rows(DirectoryRepository::row);
    }

    /** Those of the numbers that are directories. */
    public List<DirectoryRow> withIds(Collection<Long> ids) {
        return ids.isEmpty()
                ? List.of()
                : statement(ROWS + "where directory.id = any(?)").numbers(ids).rows(DirectoryRepository::row);
    }

    /** Lets nobody else guard the VOs of these paths until the transaction ends; who takes directories exclusively begins so. */
    public void guard(int catalog, Collection<Lfn> lfns) {
        statement("""
                        select pg_advisory_xact_lock(hashtextextended('dms.tree ' || ? || '/' || vo, 0)) is null as locked
                        from (select vo from unnest(?::text[]) vo order by vo) ordered""").number(catalog).texts(vos(lfns)).rows(row -> true);
    }

    /** The same, unless somebody else has the guard; nobody waits. */
    public boolean tryGuard(int catalog, Collection<Lfn> lfns) {
        return statement("""
                        select pg_try_advisory_xact_lock(hashtextextended('dms.tree ' || ? || '/' || vo, 0)) as locked
                        from unnest(?::text[]) vo""").number(catalog).texts(vos(lfns)).rows(row -> row.truth("locked")).stream()
                .allMatch(locked -> locked);
    }

    private static Set<String> vos(Collection<Lfn> lfns) {
        return lfns.stream().map(lfn -> lfn.vo().map(VoName::text).orElse("")).collect(Collectors.toSet());
    }

    /** The paths of all directories below one. */
    public List<Lfn> below(int catalog, Lfn top) {
        return statement("select path from dms.directory where catalog = ? and path > ? and path < ?")
                .number(catalog)
                .text(top.text() + "/")
                .text(top.text() + "0")
                .rows(row -> new Lfn(row.text("path")));
    }

    /**
     * How many bytes the longest LFN below a directory has; of files only where a name of theirs could make it longer than allowed, as
     * there are many more of them.
     */
    public int longestBelow(int catalog, Lfn top, int allowed) {
        return statement("""
                        select coalesce(max(octet_length(path) + case when octet_length(path) + 256 <= ? then 0 else coalesce(
                            (select 1 + max(octet_length(name)) from dms.file file where file.directory = directory.id), 0) end), 0)
                            as longest
                        from dms.directory directory
                        where catalog = ? and (path = ? or path > ? and path < ?)""")
                .number(allowed)
                .number(catalog)
                .text(top.text())
                .text(top.text() + "/")
                .text(top.text() + "0")
                .rows(row -> row.integer("longest"))
                .get(0);
    }

    /** How many parts the deepest LFN below a directory has. */
    public int deepestBelow(int catalog, Lfn top) {
        return statement("""
                        select coalesce(max(length(path) - length(replace(path, '/', '')) + case when exists (
                            select from dms.file file where file.directory = directory.id) then 1 else 0 end), 0) as deepest
                        from dms.directory directory
                        where catalog = ? and (path = ? or path > ? and path < ?)""")
                .number(catalog)
                .text(top.text())
                .text(top.text() + "/")
                .text(top.text() + "0")
                .rows(row -> row.integer("deepest"))
                .get(0);
    }

    /** Makes directories in one that the transaction holds exclusively; each begins with the default list of that one and what its mode allows. */
    public void add(int catalog, Collection<Lfn> paths, int owner, int group, int mode, Instant now) {
        statement("""
                        insert into dms.directory
                            (catalog, parent, path, owner, owner_group, mode, acl, default_acl, created, modified)
                        select ?, parent.id, made.path, ?, ?, ? & case parent_owner.name when '-' then 511 else parent.mode end,
                            parent.default_acl, parent.default_acl, ?, ?
                        from unnest(?::text[], ?::text[]) made(path, parent_path)
                            join dms.directory parent on parent.catalog = ? and parent.path = made.parent_path
                            join dms.principal parent_owner on parent_owner.id = parent.owner
                        order by made.path collate "C\"""")
                .number(catalog)
                .number(owner)
                .number(group)
                .number(mode)
                .instant(now)
                .instant(now)
                .texts(paths, Lfn::text)
                .texts(paths, path -> path.parent().orElse(Lfn.ROOT).text())
                .number(catalog)
                .run();
    }

    /** Whether there is anything in the directory. */
    public boolean isEmpty(long directory) {
        return statement("""
                        select not exists (select from dms.directory where parent = ?)
                            and not exists (select from dms.file where directory = ?)
                            and not exists (select from dms.dataset where directory = ?) as empty""")
                .number(directory)
                .number(directory)
                .number(directory)
                .rows(row -> row.truth("empty"))
                .get(0);
    }

    /** Removes an empty directory that the transaction holds exclusively; what is not folded of its usage goes to its parent. */
    public void remove(long directory) {
        statement("""
                        update dms.usage_delta set directory = (select parent from dms.directory where id = ?)
                        where directory = ?""").number(directory).number(directory).run();
        statement("delete from dms.usage where directory = ?").number(directory).run();
        statement("delete from dms.directory where id = ?").number(directory).run();
    }

    /** Those in a directory, by name, after this path. */
    public List<DirectoryRow> children(long directory, Optional<Lfn> after, int limit) {
        return statement(ROWS + "where directory.parent = ? and directory.path > ? order by directory.path limit ?")
                .number(directory)
                .text(after.map(Lfn::text).orElse(""))
                .number(limit)
                .rows(DirectoryRepository::row);
    }

    /**
     * The name of a declared field of metadata that would have two values on one path if a directory moved there. Asked here, as who
     * moves a directory alone knows; metadata is of the same schema.
     */
    public Optional<String> metadataOnBoth(int catalog, Lfn from, Lfn to) {
        Set<Lfn> above = new HashSet<>(to.ancestors());
        return statement("""
                        select field.name
                        from dms.directory above
                            join dms.metadata inherited on inherited.directory = above.id
                            join dms.metadata_field field on field.id = inherited.field and field.type is not null
                        where above.catalog = ? and above.path = any(?) and exists (
                            select from dms.directory moved join dms.metadata own on own.directory = moved.id
                            where moved.catalog = above.catalog and own.field = field.id
                                and (moved.path = ? or moved.path > ? and moved.path < ?))
                        limit 1""")
                .number(catalog)
                .texts(above, Lfn::text)
                .text(from.text())
                .text(from.text() + "/")
                .text(from.text() + "0")
                .rows(row -> row.text("name"))
                .stream()
                .findFirst();
    }

    /** Gives a directory and all below, which the transaction holds exclusively, another path. */
    public void move(int catalog, Lfn from, Lfn to, Instant now) {
        statement("""
                        update dms.directory set path = ? || substr(path, ?), modified = ?,
                            parent = case when path = ? then
                                (select id from dms.directory where catalog = ? and path = ?) else parent end
                        where catalog = ? and (path = ? or path > ? and path < ?)""")
                .text(to.text())
                .number(from.text().codePointCount(0, from.text().length()) + 1)
                .instant(now)
                .text(from.text())
                .number(catalog)
                .text(to.parent().orElse(Lfn.ROOT).text())
                .number(catalog)
                .text(from.text())
                .text(from.text() + "/")
                .text(from.text() + "0")
                .run();
    }

    /** Gives directories another owner, group or mode; what is empty stays. */
    public void change(
            Collection<Long> ids,
            Optional<Integer> owner,
            Optional<Integer> group,
            Optional<Integer> mode,
            Instant now) {
        statement("""
                        update dms.directory set owner = coalesce(?, owner), owner_group = coalesce(?, owner_group),
                            mode = coalesce(?, mode), modified = ? where id = any(?)""")
                .numberOrNull(owner.map(Integer::longValue).orElse(null))
                .numberOrNull(group.map(Integer::longValue).orElse(null))
                .numberOrNull(mode.map(Integer::longValue).orElse(null))
                .instant(now)
                .numbers(ids)
                .run();
    }

    /** Gives directories an access list, for themselves or as the default of what is made in them. */
    public void changeAcl(Collection<Long> ids, Acl acl, boolean byDefault) {
        statement("update dms.directory set " + (byDefault ? "default_acl" : "acl")
                        + " = (select id from dms.acl where md5(entries) = md5(?)) where id = any(?)")
                .text(acl.text())
                .numbers(ids)
                .run();
    }

    private static DirectoryRow row(SqlStatement.Row row) throws SQLException {
        return new DirectoryRow(
                row.number("id"),
                new Lfn(row.text("path")),
                FileRepository.ownership(row),
                FileRepository.acl(row.textOrNull("default_acl")),
                row.instant("created"),
                row.instant("modified"));
    }

    private SqlStatement statement(String sql) {
        return new SqlStatement(entities.unwrap(Session.class), sql);
    }
}
