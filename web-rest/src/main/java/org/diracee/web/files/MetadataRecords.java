/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.web.files;

import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.diracee.client.wire.CatalogPage;
import org.diracee.client.wire.MetadataRecord;
import org.diracee.dms.catalog.boundary.CatalogEntry;
import org.diracee.dms.metadata.boundary.FieldType;
import org.diracee.dms.metadata.boundary.MetadataItem;
import org.diracee.dms.metadata.boundary.MetadataValue;
import org.diracee.kernel.error.InvalidRequest;
import org.diracee.kernel.paging.Page;
import org.diracee.kernel.value.Lfn;

/** Translates between the records of the wire and those of user metadata. */
final class MetadataRecords {

    private MetadataRecords() {}

    /** Values as texts, which their fields know how to read. */
    static Map<String, String> texts(Map<String, Object> values) {
        Map<String, String> texts = new LinkedHashMap<>();
        values.forEach((name, value) -> texts.put(name, text(name, value)));
        return texts;
    }

    private static String text(String name, Object value) {
        if (value instanceof BigDecimal decimal) {
            return decimal.toPlainString();
        }
        if (value instanceof String || value instanceof Number || value instanceof Boolean) {
            return value.toString();
        }
        throw new InvalidRequest("The value of '" + name + "' is a list or object: allowed is a number or text");
    }

    static Map<String, MetadataRecord> items(Map<String, MetadataItem> items) {
        Map<String, MetadataRecord> records = new LinkedHashMap<>();
        items.forEach((name, item) -> records.put(
                name,
                new MetadataRecord(
                        item.value().plain(),
                        item.type().map(FieldType::text),
                        item.origin().text())));
        return records;
    }

    static Map<String, List<Object>> values(Map<String, List<MetadataValue>> values) {
        Map<String, List<Object>> plain = new LinkedHashMap<>();
        values.forEach((name, all) ->
                plain.put(name, all.stream().map(MetadataValue::plain).toList()));
        return plain;
    }

    static Lfn path(Optional<String> path) {
        return path.map(Lfn::new).orElse(Lfn.ROOT);
    }

    static CatalogPage page(Page<CatalogEntry> page) {
        return new CatalogPage(
                page.items().stream()
                        .map(entry -> FileRecords.entry(entry, false))
                        .toList(),
                page.next());
    }
}
