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
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.diracee.dms.catalog.boundary.CatalogStatus;
import org.diracee.dms.catalog.boundary.DumpedReplica;
import org.diracee.dms.catalog.boundary.NewReplica;
import org.diracee.dms.catalog.boundary.Replica;
import org.diracee.dms.schema.boundary.DmsUnit;
import org.diracee.framework.schema.boundary.SqlStatement;
import org.diracee.kernel.value.Lfn;
import org.diracee.kernel.value.SeName;
import org.diracee.kernel.value.VoName;
import org.hibernate.Session;

/** The replicas as stored; whoever changes one holds its file. */
@ApplicationScoped
public class ReplicaRepository {

    private static final String LOOKED_AT = """
            select file, se, status, master, pfn from dms.replica
            where se = (select id from dms.storage_element where name = ?) and file > ? order by file limit ?""";

    private static final String DUMPED = """
            select file.id, directory.path, file.name, file.size, file.adler32, file.sha256, se.name as se,
                replica.status, replica.master, replica.pfn
            from (""" + LOOKED_AT + """
            ) replica
                join dms.storage_element se on se.id = replica.se
                join dms.file file on file.id = replica.file
                join dms.directory directory on directory.id = file.directory
            where directory.catalog = ? and (directory.path = ? or directory.path > ? and directory.path < ?)
            order by replica.file""";

    private EntityManager entities;

    protected ReplicaRepository() {} // for the container's proxy

    @Inject
    public ReplicaRepository(@DmsUnit EntityManager entities) {
        this.entities = entities;
    }

    /** A replica of a file. */
    public record Added(long file, NewReplica replica, boolean master) {}

    /** A file at a storage element. */
    public record Place(long file, SeName se) {}

    /** A replica in the dump, and the file to go on after. */
    public record Dumped(long file, DumpedReplica replica) {}

    /** The replicas of each file that has any, the master first. */
    public Map<Long, List<Replica>> of(Collection<Long> files) {
        Map<Long, List<Replica>> replicas = new LinkedHashMap<>();
        statement("""
                        select replica.file, se.name as se, replica.status, replica.master, replica.pfn
                        from dms.replica replica join dms.storage_element se on se.id = replica.se
                        where replica.file = any(?) order by replica.file, replica.master desc, se.name""").numbers(files).rows(row -> replicas.computeIfAbsent(
                        row.number("file"), file -> new ArrayList<>())
                .add(replica(row)));
        return replicas;
    }

    /** A file, in a directory or anywhere below, of which there is a replica without a PFN of its own; looks no further than the first. */
    public Optional<Lfn> namedByLfn(int catalog, Lfn top) {
        return statement("""
                        select directory.path, found.name
                        from dms.directory directory cross join lateral (
                            select file.name from dms.file file
                            where file.directory = directory.id and exists (
                                select from dms.replica replica where replica.file = file.id and replica.pfn is null)
                            limit 1) found
                        where directory.catalog = ? and (directory.path = ? or directory.path > ? and directory.path < ?)
                        limit 1""")
                .number(catalog)
                .text(top.text())
                .text(top.text() + "/")
                .text(top.text() + "0")
                .rows(row -> new Lfn(row.text("path")).child(row.text("name")))
                .stream()
                .findFirst();
    }

    /** Adds those that there are not yet; returns them. Their storage elements have been named. */
    public List<Place> add(Collection<Added> replicas, Instant now) {
        return statement("""
                        with added as (
                            insert into dms.replica (file, se, status, master, pfn, created, modified)
                            select file, se.id, ?, master = 'yes', pfn, ?, ?
                            from unnest(?::bigint[], ?::text[], ?::text[], ?::text[]) new(file, se, master, pfn)
                                join dms.storage_element se on se.name = new.se
                            on conflict (file, se) do nothing
                            returning file, se)
                        select added.file, se.name as se from added join dms.storage_element se on se.id = added.se""")
                .text(CatalogStatus.APRIORI_GOOD.text())
                .instant(now)
                .instant(now)
                .numbers(replicas, Added::file)
                .texts(replicas, added -> added.replica().se().text())
                .texts(replicas, added -> added.master() ? "yes" : "no")
                .texts(replicas, added -> added.replica().pfn().orElse(null))
                .rows(ReplicaRepository::place);
    }

    /** Removes those that there are; returns them. */
    public List<Place> remove(Collection<Place> places) {
        return statement("""
                        with removed as (
                            delete from dms.replica replica
                            using unnest(?::bigint[], ?::text[]) place(file, se)
                                join dms.storage_element se on se.name = place.se
                            where replica.file = place.file and replica.se = se.id
                            returning replica.file, se.name as se)
                        select file, se from removed""")
                .numbers(places, Place::file)
                .texts(places, place -> place.se().text())
                .rows(ReplicaRepository::place);
    }

    /** Gives replicas another status. */
    public void changeStatus(Map<Place, CatalogStatus> statuses, Instant now) {
        statement("""
                        update dms.replica replica set status = changed.status, modified = ?
                        from unnest(?::bigint[], ?::text[], ?::text[]) changed(file, se, status)
                            join dms.storage_element se on se.name = changed.se
                        where replica.file = changed.file and replica.se = se.id""")
                .instant(now)
                .numbers(statuses.keySet(), Place::file)
                .texts(statuses.keySet(), place -> place.se().text())
                .texts(statuses.values(), CatalogStatus::text)
                .run();
    }

    /**
     * What is found at a storage element in one look.
     *
     * @param looked the number of the last file that was looked at; empty if there are no more
     */
    public record Dump(List<Dumped> replicas, Optional<Long> looked) {}

    /**
     * The replicas of a VO's files at a storage element, by the number of their file; looks at no more than so many, be they the VO's
     * or not.
     */
    public Dump dump(int catalog, VoName vo, SeName se, long after, int most) {
        List<Long> looked = statement("select file from (" + LOOKED_AT + ") replica order by file desc limit 1")
                .text(se.text())
                .number(after)
                .number(most)
                .rows(row -> row.number("file"));
        List<Dumped> dumped = dumping("", catalog, vo, se, after, most)
                .rows(row -> new Dumped(
                        row.number("id"),
                        new DumpedReplica(
                                new Lfn(row.text("path") + "/" + row.text("name")),
                                row.number("size"),
                                FileRepository.checksums(row),
                                replica(row))));
        return new Dump(dumped, looked.stream().findFirst());
    }

    /** @param before what stands before the statement, for its plan */
    SqlStatement dumping(String before, int catalog, VoName vo, SeName se, long after, int most) {
        return statement(before + DUMPED)
                .text(se.text())
                .number(after)
                .number(most)
                .number(catalog)
                .text("/" + vo)
                .text("/" + vo + "/")
                .text("/" + vo + "0");
    }

    private static Place place(SqlStatement.Row row) throws SQLException {
        return new Place(row.number("file"), new SeName(row.text("se")));
    }

    private static Replica replica(SqlStatement.Row row) throws SQLException {
        return new Replica(
                new SeName(row.text("se")),
                CatalogStatus.parse(row.text("status")),
                row.truth("master"),
                Optional.ofNullable(row.textOrNull("pfn")));
    }

    private SqlStatement statement(String sql) {
        return new SqlStatement(entities.unwrap(Session.class), sql);
    }
}
