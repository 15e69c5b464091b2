/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.dms.metadata.entity;

import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.diracee.dms.metadata.boundary.FieldType;
import org.diracee.dms.metadata.boundary.MetadataQuery.Operator;
import org.diracee.dms.metadata.boundary.MetadataValue;
import org.diracee.framework.schema.boundary.SqlStatement;

/** A condition in SQL, with what its question marks stand for. */
record ConditionSql(String text, Consumer<SqlStatement> values) {

    /** That the value of a field meets the condition; of rows of {@code dms.metadata value}. */
    static ConditionSql ofValue(TypedCondition.OnField on) {
        String column = "value." + column(on.condition().type());
        ConditionSql comparison = compare(column, on.condition());
        return new ConditionSql(
                "value.field = ? and " + comparison.text(),
                statement -> comparison.values().accept(statement.number(on.field())));
    }

    /** That a file has a value of the field that meets the condition, or none if that is it; of rows of {@code dms.file file}. */
    static ConditionSql ofFile(TypedCondition.OnField on) {
        if (on.condition().operator() == Operator.MISSING) {
            return new ConditionSql(
                    "not exists (select from dms.metadata value where value.file = file.id and value.field = ?)",
                    statement -> statement.number(on.field()));
        }
        ConditionSql value = ofValue(on);
        return new ConditionSql(
                "exists (select from dms.metadata value where value.file = file.id and " + value.text() + ")",
                value.values());
    }

    /** That what every file has meets the condition. */
    static ConditionSql ofFile(TypedCondition.OnKey on) {
        FileKey key = on.key();
        TypedCondition condition = on.condition();
        if (key == FileKey.GUID) {
            return new ConditionSql(
                    "file.guid = any(?::uuid[])", statement -> statement.texts(condition.values(), ConditionSql::text));
        }
        boolean without =
                key.isMany() && (condition.operator() == Operator.NOT_IN || condition.operator() == Operator.MISSING);
        ConditionSql comparison = compare(
                key.column(),
                without
                        ? new TypedCondition(
                                condition.name(),
                                condition.type(),
                                condition.operator() == Operator.MISSING ? Operator.ANY : Operator.IN,
                                condition.values(),
                                condition.pattern())
                        : condition);
        return new ConditionSql((without ? "not " : "") + key.framed(comparison.text()), comparison.values());
    }

    /** The column that holds values of a type. */
    static String column(FieldType type) {
        return switch (type) {
            case INT -> "int_value";
            case FLOAT -> "float_value";
            case STRING, METASET -> "text_value";
            case DATE -> "date_value";
        };
    }

    private static ConditionSql compare(String column, TypedCondition condition) {
        List<MetadataValue> values = condition.values();
        return switch (condition.operator()) {
            case IN ->
                condition.pattern()
                        ? new ConditionSql(column + " like ?", statement -> statement.text(like(text(values.get(0)))))
                        : new ConditionSql(
                                column + " = any(?)", statement -> bind(statement, condition.type(), values));
            case NOT_IN ->
                new ConditionSql(column + " <> all(?)", statement -> bind(statement, condition.type(), values));
            case GREATER -> ordered(column + " > ?", values.get(0));
            case LESS -> ordered(column + " < ?", values.get(0));
            case AT_LEAST -> ordered(column + " >= ?", values.get(0));
            case AT_MOST -> ordered(column + " <= ?", values.get(0));
            case ANY -> new ConditionSql(column + " is not null", statement -> {});
            case MISSING -> new ConditionSql(column + " is null", statement -> {});
        };
    }

    private static ConditionSql ordered(String text, MetadataValue value) {
        return new ConditionSql(text, statement -> bind(statement, value));
    }

    private static void bind(SqlStatement statement, MetadataValue value) {
        if (value instanceof MetadataValue.Whole whole) {
            statement.number(whole.number());
        } else if (value instanceof MetadataValue.Real real) {
            statement.number(real.number());
        } else if (value instanceof MetadataValue.Moment moment) {
            statement.instant(moment.instant());
        } else {
            statement.text(text(value));
        }
    }

    private static void bind(SqlStatement statement, FieldType type, List<MetadataValue> values) {
        switch (type) {
            case INT -> statement.numbers(values, ConditionSql::whole);
            case FLOAT -> statement.doubles(values, ConditionSql::real);
            case STRING, METASET -> statement.texts(values, ConditionSql::text);
            case DATE -> statement.instants(values, ConditionSql::moment);
        }
    }

    static String text(MetadataValue value) {
        return ((MetadataValue.Text) value).text();
    }

    private static Long whole(MetadataValue value) {
        return ((MetadataValue.Whole) value).number();
    }

    private static Double real(MetadataValue value) {
        return ((MetadataValue.Real) value).number();
    }

    private static Instant moment(MetadataValue value) {
        return ((MetadataValue.Moment) value).instant();
    }

    /** The pattern of {@code like} that wildcards stand for. */
    static String like(String wildcards) {
        return wildcards
                .chars()
                .mapToObj(character -> switch (character) {
                    case '*' -> "%";
                    case '?' -> "_";
                    case '%', '_', '\\' -> "\\" + (char) character;
                    default -> String.valueOf((char) character);
                })
                .collect(Collectors.joining());
    }
}
