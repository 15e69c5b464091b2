/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.dms.metadata.entity;

import java.util.List;
import org.diracee.dms.metadata.boundary.FieldType;
import org.diracee.dms.metadata.boundary.MetadataQuery.Operator;
import org.diracee.dms.metadata.boundary.MetadataValue;

/**
 * A condition whose values are of the type of its field.
 *
 * @param pattern whether the one value is a text with {@code *} and {@code ?}
 */
public record TypedCondition(
        String name, FieldType type, Operator operator, List<MetadataValue> values, boolean pattern) {

    public TypedCondition {
        values = List.copyOf(values);
    }

    /** Whether what meets it lies together in an index. */
    boolean isRangeOfIndex() {
        return switch (operator) {
            case IN -> !pattern || ConditionSql.text(values.get(0)).matches("[^*?]+\\*");
            case NOT_IN, MISSING -> false;
            case GREATER, LESS, AT_LEAST, AT_MOST, ANY -> true;
        };
    }

    /** One on a declared field. */
    public record OnField(int field, TypedCondition condition) {}

    /** One on what every file has. */
    public record OnKey(FileKey key, TypedCondition condition) {}
}
