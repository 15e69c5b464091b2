/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.dms.metadata.entity;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.diracee.dms.metadata.boundary.FieldTarget;
import org.diracee.dms.metadata.boundary.FieldType;
import org.diracee.dms.metadata.boundary.MetadataQuery.Operator;
import org.diracee.dms.metadata.boundary.MetadataValue;
import org.diracee.dms.schema.boundary.DmsUnit;
import org.diracee.framework.schema.boundary.SqlStatement;
import org.diracee.kernel.error.ErrorCode;
import org.diracee.kernel.error.InvalidRequest;
import org.hibernate.Session;

/** Finds directories and files by metadata; a statement takes at most {@link #TIME_LIMIT}. */
@ApplicationScoped
public class MetadataSearchRepository {

    public static final Duration TIME_LIMIT = Duration.ofSeconds(10);

    private static final String CANCELLED = "57014";

    private EntityManager entities;

    protected MetadataSearchRepository() {} // for the container's proxy

    @Inject
    public MetadataSearchRepository(@DmsUnit EntityManager entities) {
        this.entities = entities;
    }

    /**
     * Paths from one up to another without it, of which the first may be begun already.
     *
     * @param after in the directory that it begins with, files up to this name are left out; empty for none
     */
    public record Slice(String from, String to, String after) {}

    /**
     * A file or directory that was found, by number.
     *
     * @param name of a file in its directory; empty for a directory
     */
    public record Hit(long id, String directory, String name) {}

    /** A value, and one directory that has it for each kind of rights that such directories have. */
    public record Witness(String name, MetadataValue value, long directory) {}

    /** What files must be, beside lying in certain directories. */
    public record FileConditions(List<TypedCondition.OnField> fields, List<TypedCondition.OnKey> keys) {}

    /** Directories whose own value meets a condition, or is any if it is missing that is asked: above a path, it and below; at most so many. */
    public List<String> withValue(
            int catalog, TypedCondition.OnField on, Set<String> aboveAndItself, String path, int limit) {
        ConditionSql value = ConditionSql.ofValue(
                on.condition().operator() == Operator.MISSING
                        ? new TypedCondition.OnField(
                                on.field(),
                                new TypedCondition(
                                        on.condition().name(), on.condition().type(), Operator.ANY, List.of(), false))
                        : on);
        return bounded(() -> {
            SqlStatement statement = statement("select directory.path from dms.metadata value"
                    + " join dms.directory directory on directory.id = value.directory where " + value.text()
                    + " and directory.catalog = ? and (directory.path = any(?) or directory.path > ? and directory.path < ?)"
                    + " limit ?");
            value.values().accept(statement);
            return statement
                    .number(catalog)
                    .texts(aboveAndItself)
                    .text(path + "/")
                    .text(path + "0")
                    .number(limit)
                    .rows(row -> row.text("path"));
        });
    }

    /** Files that meet this condition, at most so many; nothing if its index could not tell them without reading others. */
    public Optional<List<Long>> candidates(TypedCondition.OnField on, int limit) {
        if (!on.condition().isRangeOfIndex()) {
            return Optional.empty();
        }
        ConditionSql value = ConditionSql.ofValue(on);
        return Optional.of(bounded(() -> {
            SqlStatement statement =
                    statement("select value.file from dms.metadata value where " + value.text() + " limit ?");
            value.values().accept(statement);
            return statement.number(limit).rows(row -> row.number("file"));
        }));
    }

    /** Where a file or a directory is. */
    public Optional<Hit> place(int catalog, FieldTarget target, long id) {
        return statement(
                        target == FieldTarget.FILE
                                ? "select file.id, directory.path, file.name from dms.file file join dms.directory directory"
                                        + " on directory.id = file.directory where file.id = ? and directory.catalog = ?"
                                : "select id, path, '' as name from dms.directory where id = ? and catalog = ?")
                .number(id)
                .number(catalog)
                .rows(MetadataSearchRepository::hit)
                .stream()
                .findFirst();
    }

    /** The files with GUIDs that meet this condition. */
    public List<Long> withGuids(TypedCondition guid, int limit) {
        ConditionSql key = ConditionSql.ofFile(new TypedCondition.OnKey(FileKey.GUID, guid));
        return bounded(() -> {
            SqlStatement statement = statement("select file.id from dms.file file where " + key.text() + " limit ?");
            key.values().accept(statement);
            return statement.number(limit).rows(row -> row.number("id"));
        });
    }

    /** Those of these files that meet all conditions. */
    public List<Hit> filesAmong(int catalog, Collection<Long> ids, FileConditions conditions) {
        List<ConditionSql> all = all(conditions);
        return bounded(() -> {
            SqlStatement statement = statement("select file.id, directory.path, file.name from dms.file file"
                            + " join dms.directory directory on directory.id = file.directory"
                            + " where file.id = any(?) and directory.catalog = ?" + and(all))
                    .numbers(ids)
                    .number(catalog);
            all.forEach(condition -> condition.values().accept(statement));
            return statement.rows(MetadataSearchRepository::hit);
        });
    }

    /** The first files of slices that meet all conditions, slice by slice, in the order of directories and names. */
    public List<Hit> filesIn(int catalog, List<Slice> slices, FileConditions conditions, int limit) {
        List<ConditionSql> all = all(conditions);
        return bounded(() -> {
            SqlStatement statement = statement(filesInSql(all))
                    .texts(slices, Slice::from)
                    .texts(slices, Slice::to)
                    .texts(slices, Slice::after)
                    .number(catalog);
            all.forEach(condition -> condition.values().accept(statement));
            return statement.number(limit).number(limit).rows(MetadataSearchRepository::hit);
        });
    }

    static String filesInSql(List<ConditionSql> conditions) {
        return """
                select hit.id, hit.path, hit.name
                from unnest(?::text[], ?::text[], ?::text[]) with ordinality slice(begin, end_, after, place)
                    cross join lateral (
                        select file.id, directory.path, file.name
                        from dms.directory directory join dms.file file on file.directory = directory.id
                        where directory.catalog = ? and directory.path >= slice.begin and directory.path < slice.end_
                            and (directory.path > slice.begin or file.name > slice.after)""" + and(conditions) + """

                        order by directory.path, file.name limit ?) hit
                order by slice.place, hit.path, hit.name limit ?""";
    }

    /** The first directories of slices, slice by slice, in the order of paths; of the first slice without that which it begins with, if begun. */
    public List<Hit> directoriesIn(int catalog, List<Slice> slices, int limit) {
        return bounded(() -> statement("""
                        select hit.id, hit.path, '' as name
                        from unnest(?::text[], ?::text[], ?::text[]) with ordinality slice(begin, end_, after, place)
                            cross join lateral (
                                select directory.id, directory.path from dms.directory directory
                                where directory.catalog = ? and directory.path >= slice.begin
                                    and directory.path < slice.end_ and directory.path <> slice.after
                                order by directory.path limit ?) hit
                        order by slice.place, hit.path limit ?""")
                .texts(slices, Slice::from)
                .texts(slices, Slice::to)
                .texts(slices, Slice::after)
                .number(catalog)
                .number(limit)
                .number(limit)
                .rows(MetadataSearchRepository::hit));
    }

    /**
     * The values of declared fields that count in a selection of directories.
     *
     * @param above the directories above, whose values count there
     */
    public List<Witness> values(
            int catalog,
            Collection<Integer> fields,
            Set<String> above,
            List<Slice> slices,
            Set<String> holes,
            int limit) {
        return bounded(() -> statement("""
                        select field.name, field.type, value.int_value, value.float_value, value.text_value, value.date_value,
                            min(directory.id) as witness
                        from (
                            select id, path, parent, owner, owner_group, mode, acl from dms.directory
                            where catalog = ? and path = any(?)
                            union all
                            select directory.id, directory.path, directory.parent, directory.owner, directory.owner_group,
                                directory.mode, directory.acl
                            from unnest(?::text[], ?::text[]) slice(begin, end_)
                                join dms.directory directory on directory.catalog = ? and directory.path >= slice.begin
                                    and directory.path < slice.end_
                            where not exists (select from unnest(?::text[]) hole(path) where directory.path = hole.path
                                or directory.path > hole.path || '/' and directory.path < hole.path || '0')) directory
                            join dms.metadata value on value.directory = directory.id
                            join dms.metadata_field field on field.id = value.field
                            left join dms.directory parent on parent.id = directory.parent
                        where field.id = any(?)
                        group by 1, 2, 3, 4, 5, 6, directory.owner, directory.owner_group, directory.mode, directory.acl,
                            parent.owner, parent.owner_group, parent.mode, parent.acl
                        order by 1, 3, 4, 5, 6 limit ?""")
                .number(catalog)
                .texts(above)
                .texts(slices, Slice::from)
                .texts(slices, Slice::to)
                .number(catalog)
                .texts(holes)
                .numbers(fields, Integer::longValue)
                .number(limit)
                .rows(row -> new Witness(
                        row.text("name"),
                        MetadataRepository.value(Optional.of(FieldType.valueOf(row.text("type"))), row),
                        row.number("witness"))));
    }

    /** What to throw at a search that takes too long. */
    public static InvalidRequest tooLong() {
        return new InvalidRequest(
                ErrorCode.QUERY_TOO_EXPENSIVE,
                "The search took longer than " + TIME_LIMIT.toSeconds()
                        + " s, which is the most that one may take; give a path, or more conditions on directories");
    }

    private <T> T bounded(Supplier<T> query) {
        try {
            // local to the transaction, so that the pooled connection forgets it
            statement("select set_config('statement_timeout', ?, true) as before")
                    .text(Long.toString(TIME_LIMIT.toMillis()))
                    .rows(row -> true);
            return query.get();
        } catch (RuntimeException failure) {
            for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
                if (cause instanceof SQLException sql && CANCELLED.equals(sql.getSQLState())) {
                    throw tooLong();
                }
            }
            throw failure;
        }
    }

    private static List<ConditionSql> all(FileConditions conditions) {
        List<ConditionSql> all = new ArrayList<>();
        conditions.fields().forEach(on -> all.add(ConditionSql.ofFile(on)));
        conditions.keys().forEach(on -> all.add(ConditionSql.ofFile(on)));
        return all;
    }

    private static String and(List<ConditionSql> conditions) {
        StringBuilder text = new StringBuilder();
        conditions.forEach(condition -> text.append(" and ").append(condition.text()));
        return text.toString();
    }

    private static Hit hit(SqlStatement.Row row) throws SQLException {
        return new Hit(row.number("id"), row.text("path"), row.text("name"));
    }

    private SqlStatement statement(String sql) {
        return new SqlStatement(entities.unwrap(Session.class), sql);
    }
}
