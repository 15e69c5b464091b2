/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.dms.metadata.control;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import org.diracee.dms.catalog.boundary.CatalogStatus;
import org.diracee.dms.metadata.boundary.FieldTarget;
import org.diracee.dms.metadata.boundary.FieldType;
import org.diracee.dms.metadata.boundary.MetadataQuery;
import org.diracee.dms.metadata.boundary.MetadataQuery.Condition;
import org.diracee.dms.metadata.boundary.MetadataQuery.Operator;
import org.diracee.dms.metadata.boundary.MetadataValue;
import org.diracee.dms.metadata.entity.FieldRow;
import org.diracee.dms.metadata.entity.FileKey;
import org.diracee.dms.metadata.entity.TypedCondition;
import org.diracee.kernel.error.InvalidRequest;
import org.diracee.kernel.value.InvalidValue;

/**
 * A query whose sets are expanded, and whose values are of the types of their fields.
 *
 * @see "DMS reference 3.7"
 */
public record TypedQuery(
        List<TypedCondition.OnField> directories, List<TypedCondition.OnField> files, List<TypedCondition.OnKey> keys) {

    private static final int MOST_SETS = 100;

    public TypedQuery {
        directories = List.copyOf(directories);
        files = List.copyOf(files);
        keys = List.copyOf(keys);
    }

    /** Whether it asks nothing of files. */
    public boolean isOfDirectories() {
        return files.isEmpty() && keys.isEmpty();
    }

    /**
     * Reads a query.
     *
     * @param fields those that are declared, by name
     * @param sets the conditions of a set, if there is one of the name
     * @throws InvalidRequest if a name is not declared, a value is none of its type, or sets contradict each other
     */
    public static TypedQuery of(
            MetadataQuery query, Map<String, FieldRow> fields, Function<String, Optional<MetadataQuery>> sets) {
        List<TypedCondition.OnField> directories = new ArrayList<>();
        List<TypedCondition.OnField> files = new ArrayList<>();
        List<TypedCondition.OnKey> keys = new ArrayList<>();
        for (Condition condition : expanded(query, fields, sets).conditions()) {
            FieldRow field = fields.get(condition.key());
            Optional<FileKey> key = FileKey.named(condition.key());
            if (field != null) {
                boolean ofFile = field.target() == FieldTarget.FILE;
                (ofFile ? files : directories)
                        .add(new TypedCondition.OnField(
                                field.id(), typed(condition, field.type().orElseThrow(), ofFile)));
            } else if (key.isPresent()) {
                keys.add(new TypedCondition.OnKey(key.get(), checked(condition, key.get())));
            } else {
                throw new InvalidRequest(
                        "'" + condition.key() + "' is not declared: allowed are the fields of the VO"
                                + (fields.isEmpty() ? ", which has none," : " (" + some(fields.keySet()) + ")")
                                + " and SE, CreationDate, ModificationDate, User, Group, Name, CheckSum, GUID, Size and Status");
            }
        }
        return new TypedQuery(directories, files, keys);
    }

    /**
     * The query with sets replaced by their conditions.
     *
     * @throws InvalidRequest if a set does not exist or contains itself, or one key has conditions from several places
     */
    public static MetadataQuery expanded(
            MetadataQuery query, Map<String, FieldRow> fields, Function<String, Optional<MetadataQuery>> sets) {
        Map<String, List<Condition>> byKey = new LinkedHashMap<>();
        expand(query, fields, sets, new HashSet<>(), byKey);
        return new MetadataQuery(byKey.values().stream().flatMap(List::stream).toList());
    }

    private static void expand(
            MetadataQuery query,
            Map<String, FieldRow> fields,
            Function<String, Optional<MetadataQuery>> sets,
            Set<String> within,
            Map<String, List<Condition>> byKey) {
        Map<String, List<Condition>> own = new LinkedHashMap<>();
        for (Condition condition : query.conditions()) {
            FieldRow field = fields.get(condition.key());
            if (field == null || !field.type().equals(Optional.of(FieldType.METASET))) {
                own.computeIfAbsent(condition.key(), key -> new ArrayList<>()).add(condition);
                continue;
            }
            if (!condition.wildcards()) {
                throw new InvalidRequest("'" + condition.key() + "' stands for a set: allowed is the name of one set");
            }
            String name = condition.values().get(0);
            MetadataQuery set = sets.apply(name)
                    .orElseThrow(() -> new InvalidRequest(
                            "There is no set of conditions '" + name + "', which '" + condition.key() + "' asks for"));
            if (!within.add(name)) {
                throw new InvalidRequest("Contradictory query: the set '" + name + "' is in it twice");
            }
            if (within.size() > MOST_SETS) {
                throw new InvalidRequest("The sets of the query name others: allowed are " + MOST_SETS + " in all");
            }
            expand(set, fields, sets, within, byKey);
        }
        own.forEach((key, conditions) -> {
            if (byKey.putIfAbsent(key, conditions) != null) {
                throw new InvalidRequest("Contradictory query: a set of conditions asks for '" + key + "', too");
            }
        });
    }

    private static TypedCondition typed(Condition condition, FieldType type, boolean ofFile) {
        boolean pattern = ofFile
                && type == FieldType.STRING
                && condition.wildcards()
                && condition.values().get(0).matches("(?s).*[*?].*");
        List<MetadataValue> values = new ArrayList<>();
        for (String value : condition.values()) {
            try {
                values.add(type.value(value));
            } catch (InvalidValue wrong) {
                throw new InvalidRequest("The condition on '" + condition.key() + "': " + wrong.getMessage());
            }
        }
        return new TypedCondition(condition.key(), type, condition.operator(), values, pattern);
    }

    private static TypedCondition checked(Condition condition, FileKey key) {
        TypedCondition typed = typed(condition, key.type(), true);
        if (key == FileKey.GUID) {
            if (typed.operator() != Operator.IN || typed.pattern()) {
                throw new InvalidRequest("The condition on 'GUID': allowed are = and in");
            }
            condition.values().forEach(TypedQuery::requireGuid);
        } else if (key == FileKey.Status) {
            condition.values().forEach(CatalogStatus::parse);
        }
        return typed;
    }

    private static void requireGuid(String text) {
        try {
            if (UUID.fromString(text).toString().equalsIgnoreCase(text)) {
                return;
            }
        } catch (IllegalArgumentException no) {
            // told below
        }
        throw new InvalidRequest(
                "The condition on 'GUID': allowed is a GUID such as" + " 123e4567-e89b-12d3-a456-426614174000");
    }

    private static String some(Set<String> names) {
        List<String> sorted = names.stream().sorted().limit(20).toList();
        return String.join(", ", sorted) + (names.size() > sorted.size() ? ", …" : "");
    }
}
