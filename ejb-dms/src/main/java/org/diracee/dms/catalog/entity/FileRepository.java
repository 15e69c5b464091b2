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
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.diracee.dms.catalog.boundary.Acl;
import org.diracee.dms.catalog.boundary.CatalogStatus;
import org.diracee.dms.catalog.boundary.Checksums;
import org.diracee.dms.catalog.boundary.NewFile;
import org.diracee.dms.catalog.boundary.Ownership;
import org.diracee.dms.schema.boundary.DmsUnit;
import org.diracee.framework.schema.boundary.SqlStatement;
import org.diracee.kernel.value.JobId;
import org.diracee.kernel.value.Lfn;
import org.diracee.kernel.value.VoName;
import org.hibernate.Session;
import org.jspecify.annotations.Nullable;

/** The files as stored. Whoever takes several takes them in the order of directory and name, after their directories. */
@ApplicationScoped
public class FileRepository {

    private static final String COLUMNS = """
            select file.id, file.directory, directory.path, file.name, file.size, file.adler32, file.sha256,
                file.guid::text as guid, owner.name as owner, owner_group.name as owner_group, file.mode,
                acl.entries as acl, file.status, file.job, file.created, file.modified
            """;

    private static final String JOINS = """
            join dms.directory directory on directory.id = file.directory
            join dms.principal owner on owner.id = file.owner
            join dms.principal owner_group on owner_group.id = file.owner_group
            left join dms.acl acl on acl.id = file.acl
            """;

    private static final String WANTED = COLUMNS + """
            from unnest(?::bigint[], ?::text[]) wanted(directory, name)
                join dms.file file on file.directory = wanted.directory and file.name = wanted.name
            """ + JOINS;

    private EntityManager entities;

    protected FileRepository() {} // for the container's proxy

    @Inject
    public FileRepository(@DmsUnit EntityManager entities) {
        this.entities = entities;
    }

    /** The name of a file in its directory. */
    public record Key(long directory, String name) {}

    /** A file to be added to a directory. */
    public record Added(long directory, NewFile file, UUID guid) {}

    /** Those of the names that are files. */
    public List<FileRow> find(Collection<Key> keys) {
        return keys.isEmpty()
                ? List.of()
                : statement(WANTED)
                        .numbers(keys, Key::directory)
                        .texts(keys, Key::name)
                        .rows(FileRepository::row);
    }

    /** Those of the numbers that are files. */
    public List<FileRow> withIds(Collection<Long> ids) {
        return ids.isEmpty()
                ? List.of()
                : statement(COLUMNS + "from dms.file file\n" + JOINS + "where file.id = any(?)")
                        .numbers(ids)
                        .rows(FileRepository::row);
    }

    /** Holds these files until the transaction ends, and tells which there still are. */
    public Set<Long> hold(Collection<Long> ids) {
        return Set.copyOf(statement("select id from dms.file where id = any(?) order by directory, name for update")
                .numbers(new TreeSet<>(ids))
                .rows(row -> row.number("id")));
    }

    /**
     * Adds files whose names are free; returns those that were. Each begins with the default access list of its directory, and unless
     * its mode is given with what this one and that of its directory both allow, so that a closed directory stays closed.
     */
    public List<Long> add(List<Added> files, int owner, int group, int mode, Optional<JobId> job, Instant now) {
        return statement("""
                        insert into dms.file (directory, name, size, adler32, sha256, guid, owner, owner_group, mode, acl,
                            status, job, created, modified)
                        select added.directory, added.name, added.size, added.adler32, added.sha256, added.guid::uuid, ?, ?,
                            coalesce(added.mode::int, ? & case directory_owner.name when '-' then 511 else directory.mode end),
                            directory.default_acl, ?, ?, ?, ?
                        from unnest(?::bigint[], ?::text[], ?::bigint[], ?::text[], ?::text[], ?::text[], ?::text[])
                                added(directory, name, size, adler32, sha256, guid, mode)
                            join dms.directory directory on directory.id = added.directory
                            join dms.principal directory_owner on directory_owner.id = directory.owner
                        order by added.directory, added.name collate "C"
                        on conflict (directory, name) do nothing
                        returning id""")
                .number(owner)
                .number(group)
                .number(mode)
                .text(CatalogStatus.APRIORI_GOOD.text())
                .numberOrNull(job.map(JobId::number).orElse(null))
                .instant(now)
                .instant(now)
                .numbers(files, Added::directory)
                .texts(files, added -> added.file().lfn().name())
                .numbers(files, added -> added.file().size())
                .texts(files, added -> added.file().checksums().adler32().orElse(null))
                .texts(files, added -> added.file().checksums().sha256().orElse(null))
                .texts(files, added -> added.guid().toString())
                .texts(
                        files,
                        added -> added.file().mode().isPresent()
                                ? Integer.toString(added.file().mode().getAsInt())
                                : null)
                .rows(row -> row.number("id"));
    }

    public void remove(Collection<Long> ids) {
        statement("delete from dms.file where id = any(?)").numbers(ids).run();
    }

    public void changeStatus(Collection<Long> ids, CatalogStatus status, Instant now) {
        statement("update dms.file set status = ?, modified = ? where id = any(?)")
                .text(status.text())
                .instant(now)
                .numbers(ids)
                .run();
    }

    /** Puts a file under another name, in a directory of which the transaction holds both exclusively. */
    public void move(long file, long directory, String name, Instant now) {
        statement("update dms.file set directory = ?, name = ?, modified = ? where id = ?")
                .number(directory)
                .text(name)
                .instant(now)
                .number(file)
                .run();
    }

    /** The files in these directories, all or one owner's but at most so many, held until the transaction ends. */
    public List<Long> holdIn(Collection<Long> directories, Optional<Integer> owner, int limit) {
        return statement("""
                        select id from dms.file where directory = any(?) and owner = coalesce(?, owner)
                        order by directory, name limit ? for update""")
                .numbers(directories)
                .numberOrNull(owner.map(Integer::longValue).orElse(null))
                .number(limit)
                .rows(row -> row.number("id"));
    }

    /** Gives files another owner, group or mode; what is empty stays. */
    public void change(
            Collection<Long> ids,
            Optional<Integer> owner,
            Optional<Integer> group,
            Optional<Integer> mode,
            Instant now) {
        statement("""
                        update dms.file set owner = coalesce(?, owner), owner_group = coalesce(?, owner_group),
                            mode = coalesce(?, mode), modified = ? where id = any(?)""")
                .numberOrNull(owner.map(Integer::longValue).orElse(null))
                .numberOrNull(group.map(Integer::longValue).orElse(null))
                .numberOrNull(mode.map(Integer::longValue).orElse(null))
                .instant(now)
                .numbers(ids)
                .run();
    }

    public void changeAcl(Collection<Long> ids, Acl acl) {
        statement("update dms.file set acl = (select id from dms.acl where md5(entries) = md5(?)) where id = any(?)")
                .text(acl.text())
                .numbers(ids)
                .run();
    }

    /** Those in a directory, by name, after this name. */
    public List<FileRow> in(long directory, String after, int limit) {
        return statement(COLUMNS + "from dms.file file\n" + JOINS
                        + "where file.directory = ? and file.name > ? order by file.name limit ?")
                .number(directory)
                .text(after)
                .number(limit)
                .rows(FileRepository::row);
    }

    /** The files of the catalogue with these GUIDs, but at most so many. */
    public List<FileRow> withGuids(int catalog, Collection<UUID> guids, int limit) {
        return statement(
                        COLUMNS + "from dms.file file\n" + JOINS
                                + "where directory.catalog = ? and file.guid = any(?::uuid[]) order by directory.path, file.name limit ?")
                .number(catalog)
                .texts(guids, UUID::toString)
                .number(limit)
                .rows(FileRepository::row);
    }

    /** Lets nobody else register files of the VO with these GUIDs until the transaction ends. */
    public void guard(VoName vo, Collection<UUID> guids) {
        statement("""
                        select pg_advisory_xact_lock(hashtextextended('dms.guid ' || ? || ' ' || guid, 0)) is null as locked
                        from (select guid from unnest(?::text[]) guid order by guid) ordered""").text(vo.text()).texts(guids, UUID::toString).rows(row -> true);
    }

    /** One file that another was made of, or made into, over so many steps. */
    public record Relative(long file, Lfn lfn, int depth) {}

    /** A file, and one that it was made of directly. */
    public record Parentage(long file, long ancestor) {}

    /** Holds these files and all that they were made of so that none is removed; returns at most so many that there still are. */
    public Set<Long> holdLines(Collection<Long> files, int limit) {
        return Set.copyOf(
                statement("""
                        select id from dms.file where id in (
                            select unnest(?::bigint[])
                            union
                            select ancestor from dms.file_ancestor where file = any(?))
                        order by directory, name limit ? for key share""").numbers(files).numbers(files).number(limit).rows(row -> row.number("id")));
    }

    /**
     * Notes what files were made of, directly and over those files; of each the nearest 1 000.
     *
     * @param held those of which the transaction knows that they stay
     */
    public void addAncestors(Collection<Parentage> parentage, Collection<Long> held) {
        if (parentage.isEmpty()) {
            return;
        }
        statement("""
                        with direct as (
                            select * from unnest(?::bigint[], ?::bigint[]) direct(file, ancestor)),
                        line as (
                            select file, ancestor, 1 as depth from direct
                            union all
                            select direct.file, line.ancestor, line.depth + 1
                            from direct join dms.file_ancestor line on line.file = direct.ancestor)
                        insert into dms.file_ancestor (file, ancestor, depth)
                        select file, ancestor, depth from (
                            select file, ancestor, min(depth) as depth,
                                row_number() over (partition by file order by min(depth), ancestor) as place
                            from line join unnest(?::bigint[]) held(id) on held.id = line.ancestor
                            where file <> ancestor group by file, ancestor) nearest
                        where place <= 1000""")
                .numbers(parentage, Parentage::file)
                .numbers(parentage, Parentage::ancestor)
                .numbers(held)
                .run();
    }

    /** The files that these were made of, or that were made of these, at most so many steps away; at most so many. */
    public List<Relative> relatives(Collection<Long> files, boolean descendants, int depth, int limit) {
        String from = descendants ? "ancestor" : "file";
        String to = descendants ? "file" : "ancestor";
        return statement("select line." + from + " as start, directory.path, file.name, line.depth"
                        + " from dms.file_ancestor line join dms.file file on file.id = line." + to
                        + " join dms.directory directory on directory.id = file.directory"
                        + " where line." + from + " = any(?) and line.depth <= ?"
                        + " order by line.depth, directory.path, file.name limit ?")
                .numbers(files)
                .number(depth)
                .number(limit)
                .rows(row -> new Relative(
                        row.number("start"), new Lfn(row.text("path") + "/" + row.text("name")), row.integer("depth")));
    }

    static Ownership ownership(SqlStatement.Row row) throws SQLException {
        return new Ownership(
                row.text("owner"), row.text("owner_group"), row.integer("mode"), acl(row.textOrNull("acl")));
    }

    static Acl acl(@Nullable String entries) {
        return entries == null ? Acl.NONE : Acl.of(List.of(entries.split("\n", -1)));
    }

    static Checksums checksums(SqlStatement.Row row) throws SQLException {
        return new Checksums(
                Optional.ofNullable(row.textOrNull("adler32")), Optional.ofNullable(row.textOrNull("sha256")));
    }

    private static FileRow row(SqlStatement.Row row) throws SQLException {
        return new FileRow(
                row.number("id"),
                row.number("directory"),
                new Lfn(row.text("path") + "/" + row.text("name")),
                row.number("size"),
                checksums(row),
                UUID.fromString(row.text("guid")),
                ownership(row),
                CatalogStatus.parse(row.text("status")),
                Optional.ofNullable(row.numberOrNull("job")).map(JobId::new),
                row.instant("created"),
                row.instant("modified"));
    }

    private SqlStatement statement(String sql) {
        return new SqlStatement(entities.unwrap(Session.class), sql);
    }
}
