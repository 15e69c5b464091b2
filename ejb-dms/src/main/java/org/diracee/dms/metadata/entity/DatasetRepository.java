/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.dms.metadata.entity;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.diracee.dms.metadata.boundary.Dataset.Figures;
import org.diracee.dms.metadata.boundary.MetadataQuery;
import org.diracee.dms.metadata.entity.MetadataSearchRepository.Hit;
import org.diracee.dms.schema.boundary.DmsUnit;
import org.diracee.framework.schema.boundary.SqlStatement;
import org.diracee.kernel.value.Lfn;
import org.hibernate.Session;

/** The datasets as stored. */
@ApplicationScoped
public class DatasetRepository {

    private static final String ROWS = """
            select id, name, path, query, status, owner, owner_group, files,
                least(bytes, 9223372036854775807)::bigint as bytes, hash, annotation, created, modified
            from dms.dataset
            """;

    private EntityManager entities;

    protected DatasetRepository() {} // for the container's proxy

    @Inject
    public DatasetRepository(@DmsUnit EntityManager entities) {
        this.entities = entities;
    }

    /** A dataset as stored. */
    public record DatasetRow(
            long id,
            String name,
            Lfn path,
            MetadataQuery query,
            boolean frozen,
            String owner,
            String group,
            Figures figures,
            Optional<String> annotation,
            Instant created,
            Instant modified) {}

    public Optional<DatasetRow> find(long directory, String name) {
        return one(directory, name, "");
    }

    /** The same, held until the transaction ends. */
    public Optional<DatasetRow> hold(long directory, String name) {
        return one(directory, name, " for update");
    }

    /** Those in a directory whose names match, by name, after this one. */
    public List<DatasetRow> in(long directory, String pattern, String after, int limit) {
        return statement(ROWS + "where directory = ? and name like ? and name > ? order by name limit ?")
                .number(directory)
                .text(ConditionSql.like(pattern))
                .text(after)
                .number(limit)
                .rows(DatasetRepository::row);
    }

    /** Adds a dataset, unless there is one of the name. */
    public void add(
            long directory,
            String name,
            Lfn path,
            MetadataQuery query,
            String owner,
            String group,
            Figures figures,
            Instant now) {
        statement("""
                        insert into dms.dataset (directory, name, path, query, status, owner, owner_group, files, bytes, hash,
                            created, modified)
                        values (?, ?, ?, ?, 'Dynamic', ?, ?, ?, ?, ?, ?, ?) on conflict (directory, name) do nothing""")
                .number(directory)
                .text(name)
                .text(path.text())
                .text(MetadataSetRepository.text(query))
                .text(owner)
                .text(group)
                .number(figures.files())
                .number(figures.bytes())
                .text(figures.hash())
                .instant(now)
                .instant(now)
                .run();
    }

    public void count(long dataset, Figures figures, Instant now) {
        statement("update dms.dataset set files = ?, bytes = ?, hash = ?, modified = ? where id = ?")
                .number(figures.files())
                .number(figures.bytes())
                .text(figures.hash())
                .instant(now)
                .number(dataset)
                .run();
    }

    /** Has a dataset hold these files, if there still are all of them; tells whether it does. */
    public boolean freeze(long dataset, Collection<Long> files, Instant now) {
        int held = statement("""
                        with held as materialized (
                            select id from dms.file where id = any(?) order by directory, name for key share)
                        insert into dms.dataset_file (dataset, file)
                        select ?, id from held where (select count(*) from held) = ?""")
                .numbers(files)
                .number(dataset)
                .number(files.size())
                .run();
        if (held < files.size()) {
            return false;
        }
        status(dataset, "Frozen", now);
        return true;
    }

    public void release(long dataset, Instant now) {
        statement("delete from dms.dataset_file where dataset = ?")
                .number(dataset)
                .run();
        status(dataset, "Dynamic", now);
    }

    public void annotate(long dataset, String text, Instant now) {
        statement("update dms.dataset set annotation = nullif(?, ''), modified = ? where id = ?")
                .text(text)
                .instant(now)
                .number(dataset)
                .run();
    }

    public boolean remove(long directory, String name) {
        return statement("delete from dms.dataset where directory = ? and name = ?")
                        .number(directory)
                        .text(name)
                        .run()
                > 0;
    }

    /** The files of a frozen dataset by directory and name, after one. */
    public List<Hit> files(long dataset, Optional<Hit> after, int limit) {
        return statement("""
                        select file.id, directory.path, file.name
                        from dms.dataset_file held join dms.file file on file.id = held.file
                            join dms.directory directory on directory.id = file.directory
                        where held.dataset = ? and (directory.path, file.name) > (?, ?)
                        order by directory.path, file.name limit ?""")
                .number(dataset)
                .text(after.map(Hit::directory).orElse(""))
                .text(after.map(Hit::name).orElse(""))
                .number(limit)
                .rows(row -> new Hit(row.number("id"), row.text("path"), row.text("name")));
    }

    private Optional<DatasetRow> one(long directory, String name, String hold) {
        return statement(ROWS + "where directory = ? and name = ?" + hold)
                .number(directory)
                .text(name)
                .rows(DatasetRepository::row)
                .stream()
                .findFirst();
    }

    private void status(long dataset, String status, Instant now) {
        statement("update dms.dataset set status = ?, modified = ? where id = ?")
                .text(status)
                .instant(now)
                .number(dataset)
                .run();
    }

    private static DatasetRow row(SqlStatement.Row row) throws SQLException {
        return new DatasetRow(
                row.number("id"),
                row.text("name"),
                new Lfn(row.text("path")),
                MetadataSetRepository.read(row.text("query")),
                row.text("status").equals("Frozen"),
                row.text("owner"),
                row.text("owner_group"),
                new Figures(row.number("files"), row.number("bytes"), row.text("hash")),
                Optional.ofNullable(row.textOrNull("annotation")),
                row.instant("created"),
                row.instant("modified"));
    }

    private SqlStatement statement(String sql) {
        return new SqlStatement(entities.unwrap(Session.class), sql);
    }
}
