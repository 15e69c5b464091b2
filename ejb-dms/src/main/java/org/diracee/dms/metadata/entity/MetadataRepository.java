/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.dms.metadata.entity;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.diracee.dms.metadata.boundary.FieldTarget;
import org.diracee.dms.metadata.boundary.FieldType;
import org.diracee.dms.metadata.boundary.MetadataValue;
import org.diracee.dms.schema.boundary.DmsUnit;
import org.diracee.framework.schema.boundary.SqlStatement;
import org.diracee.kernel.value.Lfn;
import org.diracee.kernel.value.VoName;
import org.hibernate.Session;
import org.jspecify.annotations.Nullable;

/** The fields and values of user metadata as stored. */
@ApplicationScoped
public class MetadataRepository {

    private static final String VALUE_COLUMNS =
            "field.type, value.int_value, value.float_value, value.text_value, value.date_value";

    private EntityManager entities;

    protected MetadataRepository() {} // for the container's proxy

    @Inject
    public MetadataRepository(@DmsUnit EntityManager entities) {
        this.entities = entities;
    }

    /** A value of a field on a directory or file, by their numbers. */
    public record Written(long place, int field, MetadataValue value) {}

    /** A value as it is read, with where it is written. */
    public record Value(String name, Optional<FieldType> type, MetadataValue value) {}

    /** The same of a directory. */
    public record DirectoryValue(Lfn directory, Value value) {}

    /** The same of a file. */
    public record FileValue(long file, Value value) {}

    /** A directory for which a field is to have a value. */
    public record Claim(Lfn directory, int field) {}

    /** A free text of a field that is not declared. */
    public record FreeText(long place, Lfn lfn, String text) {}

    /** Lets nobody declare fields of the VO until the transaction ends, or, to declare some, nobody write metadata either. */
    public void guard(int catalog, VoName vo, boolean alone) {
        statement("select pg_advisory_xact_lock" + (alone ? "" : "_shared")
                        + "(hashtextextended('dms.metadata ' || ? || '/' || ?, 0)) is null as locked")
                .number(catalog)
                .text(vo.text())
                .rows(row -> true);
    }

    /** The fields that the VO has declared, by name. */
    public List<FieldRow> declared(int catalog, VoName vo) {
        return statement("""
                        select id, name, target, type from dms.metadata_field
                        where catalog = ? and vo = ? and type is not null order by name""").number(catalog).text(vo.text()).rows(MetadataRepository::field);
    }

    /** What there is under these names, declared or not. */
    public List<FieldRow> fields(int catalog, VoName vo, Collection<String> names) {
        return statement("""
                        select id, name, target, type from dms.metadata_field
                        where catalog = ? and vo = ? and name = any(?)""").number(catalog).text(vo.text()).texts(names).rows(MetadataRepository::field);
    }

    /** Sees to it that these names have rows, as not declared unless they are. */
    public void name(int catalog, VoName vo, FieldTarget target, Set<String> names) {
        if (!names.isEmpty()) {
            statement("""
                            insert into dms.metadata_field (catalog, vo, target, name)
                            select ?, ?, ?, name from unnest(?::text[]) name order by name collate "C"
                            on conflict do nothing""")
                    .number(catalog)
                    .text(vo.text())
                    .text(target.name())
                    .texts(names)
                    .run();
        }
    }

    public void declare(int field, FieldType type) {
        statement("update dms.metadata_field set type = ? where id = ?")
                .text(type.name())
                .number(field)
                .run();
    }

    /** Removes a field with all its values. */
    public void remove(int field) {
        statement("delete from dms.metadata_field where id = ?").number(field).run();
    }

    /** At most so many of the texts of a field that is not declared. */
    public List<FreeText> freeTexts(int field, int limit) {
        return statement("""
                        select coalesce(value.directory, value.file) as place, directory.path || coalesce('/' || file.name, '') as lfn,
                            value.text_value
                        from dms.metadata value left join dms.file file on file.id = value.file
                            join dms.directory directory on directory.id = coalesce(value.directory, file.directory)
                        where value.field = ? order by 2 limit ?""")
                .number(field)
                .number(limit)
                .rows(row -> new FreeText(row.number("place"), new Lfn(row.text("lfn")), row.text("text_value")));
    }

    /** Whether anything has a value of the field. */
    public boolean isUsed(int field) {
        return statement("select exists (select from dms.metadata where field = ?) as used")
                .number(field)
                .rows(row -> row.truth("used"))
                .get(0);
    }

    /** Writes values over what there may be; in one order, so that nobody waits in a ring. */
    public void write(FieldTarget target, List<Written> values) {
        if (values.isEmpty()) {
            return;
        }
        String place = column(target);
        statement("insert into dms.metadata (" + place + ", field, int_value, float_value, text_value, date_value)"
                        + " select place, field, int_value, float_value, text_value, date_value from"
                        + " unnest(?::bigint[], ?::bigint[], ?::bigint[], ?::float8[], ?::text[], ?::timestamptz[])"
                        + " written(place, field, int_value, float_value, text_value, date_value) order by place, field"
                        + " on conflict (" + place + ", field) where " + place + " is not null do update set"
                        + " int_value = excluded.int_value, float_value = excluded.float_value,"
                        + " text_value = excluded.text_value, date_value = excluded.date_value")
                .numbers(values, Written::place)
                .numbers(values, written -> (long) written.field())
                .numbers(
                        values, written -> written.value() instanceof MetadataValue.Whole whole ? whole.number() : null)
                .doubles(values, written -> written.value() instanceof MetadataValue.Real real ? real.number() : null)
                .texts(values, written -> written.value() instanceof MetadataValue.Text text ? text.text() : null)
                .instants(
                        values,
                        written -> written.value() instanceof MetadataValue.Moment moment ? moment.instant() : null)
                .run();
    }

    /** Takes the values of these fields off a directory or file; tells how many. */
    public int remove(FieldTarget target, long place, Collection<String> names) {
        return statement("delete from dms.metadata where " + column(target) + " = ? and field in"
                        + " (select id from dms.metadata_field where name = any(?))")
                .number(place)
                .texts(names)
                .run();
    }

    /** What is written on these directories. */
    public List<DirectoryValue> ofDirectories(int catalog, Collection<Lfn> paths) {
        return statement("select directory.path, field.name, " + VALUE_COLUMNS
                        + " from dms.directory directory join dms.metadata value on value.directory = directory.id"
                        + " join dms.metadata_field field on field.id = value.field"
                        + " where directory.catalog = ? and directory.path = any(?) order by field.name")
                .number(catalog)
                .texts(paths, Lfn::text)
                .rows(row -> new DirectoryValue(new Lfn(row.text("path")), read(row)));
    }

    /** What is written on these files. */
    public List<FileValue> ofFiles(Collection<Long> files) {
        return statement("select value.file, field.name, " + VALUE_COLUMNS
                        + " from dms.metadata value join dms.metadata_field field on field.id = value.field"
                        + " where value.file = any(?) order by field.name")
                .numbers(files)
                .rows(row -> new FileValue(row.number("file"), read(row)));
    }

    /** A directory and one above or below it that has a value of the same field. */
    public record Conflict(Claim claim, Lfn other) {}

    private record Above(Claim claim, Lfn directory) {}

    /** Where directories above or below have values already, so that two would count on one path. */
    public List<Conflict> conflicts(int catalog, List<Claim> claims) {
        List<Above> above = claims.stream()
                .flatMap(claim -> claim.directory().ancestors().stream().map(ancestor -> new Above(claim, ancestor)))
                .toList();
        return statement("""
                        select claim.path, claim.field, directory.path as other
                        from unnest(?::text[], ?::bigint[], ?::text[]) claim(path, field, above)
                            join dms.directory directory on directory.catalog = ? and directory.path = claim.above
                            join dms.metadata value on value.directory = directory.id and value.field = claim.field
                        union all
                        select claim.path, claim.field, below.path
                        from unnest(?::text[], ?::bigint[]) claim(path, field)
                            cross join lateral (
                                select directory.path
                                from dms.metadata value join dms.directory directory on directory.id = value.directory
                                where value.field = claim.field and value.directory is not null and directory.catalog = ?
                                    and directory.path > claim.path || '/' and directory.path < claim.path || '0'
                                limit 1) below""")
                .texts(above, one -> one.claim().directory().text())
                .numbers(above, one -> (long) one.claim().field())
                .texts(above, one -> one.directory().text())
                .number(catalog)
                .texts(claims, claim -> claim.directory().text())
                .numbers(claims, claim -> (long) claim.field())
                .number(catalog)
                .rows(row -> new Conflict(
                        new Claim(new Lfn(row.text("path")), row.integer("field")), new Lfn(row.text("other"))));
    }

    static MetadataValue value(Optional<FieldType> type, SqlStatement.Row row) throws SQLException {
        return switch (type.orElse(FieldType.STRING)) {
            case INT -> new MetadataValue.Whole(row.number("int_value"));
            case FLOAT -> new MetadataValue.Real(row.real("float_value"));
            case STRING, METASET -> new MetadataValue.Text(row.text("text_value"));
            case DATE -> new MetadataValue.Moment(row.instant("date_value"));
        };
    }

    static Optional<FieldType> type(@Nullable String name) {
        return Optional.ofNullable(name).map(FieldType::valueOf);
    }

    private static Value read(SqlStatement.Row row) throws SQLException {
        Optional<FieldType> type = type(row.textOrNull("type"));
        return new Value(row.text("name"), type, value(type, row));
    }

    private static FieldRow field(SqlStatement.Row row) throws SQLException {
        return new FieldRow(
                row.integer("id"),
                row.text("name"),
                FieldTarget.valueOf(row.text("target")),
                type(row.textOrNull("type")));
    }

    private static String column(FieldTarget target) {
        return target == FieldTarget.DIRECTORY ? "directory" : "file";
    }

    private SqlStatement statement(String sql) {
        return new SqlStatement(entities.unwrap(Session.class), sql);
    }
}
