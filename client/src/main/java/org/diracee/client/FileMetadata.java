/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.client;

import com.fasterxml.jackson.core.type.TypeReference;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.diracee.client.wire.CatalogPage;
import org.diracee.client.wire.DeclareMetadataField;
import org.diracee.client.wire.FindByMetadata;
import org.diracee.client.wire.LfnAnswer;
import org.diracee.client.wire.MetadataFieldRecord;
import org.diracee.client.wire.MetadataRecord;
import org.diracee.client.wire.NameFiles;

/** What users write about files and directories of the catalogue, and what they find by it. */
public final class FileMetadata {

    private static final String METADATA = "/api/files/metadata";

    private final ApiClient client;

    public FileMetadata(ApiClient client) {
        this.client = client;
    }

    public LfnAnswer<Map<String, MetadataRecord>> of(List<String> lfns) {
        return client.call(ApiRequest.post(METADATA).json(new NameFiles(lfns)).repeatable(), new TypeReference<>() {});
    }

    /** Writes values; returns how many of each. */
    public LfnAnswer<Integer> set(Map<String, Map<String, String>> values) {
        return client.call(ApiRequest.patch(METADATA).json(values).repeatable(), new TypeReference<>() {});
    }

    /** Takes what is written in fields off again; returns how many had something. */
    public LfnAnswer<Integer> remove(Map<String, List<String>> names) {
        return client.call(ApiRequest.post(METADATA + "/remove").json(names).repeatable(), new TypeReference<>() {});
    }

    public List<MetadataFieldRecord> fields() {
        return client.call(ApiRequest.get(METADATA + "/fields"), new TypeReference<>() {});
    }

    public MetadataFieldRecord declare(DeclareMetadataField field) {
        return client.call(ApiRequest.post(METADATA + "/fields").json(field).repeatable(), MetadataFieldRecord.class);
    }

    /** Removes a field with all its values. */
    public void undeclare(String name) {
        client.exchange(ApiRequest.delete(METADATA + "/fields/"
                + URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20")));
    }

    /** Returns a page of the files, or of the directories, that meet a query. */
    public CatalogPage find(FindByMetadata query, boolean directories, int limit, Optional<String> cursor) {
        ApiRequest request = ApiRequest.post(METADATA + (directories ? "/directories" : "/files"))
                .query("limit", limit)
                .json(query)
                .repeatable();
        return client.call(cursor.isPresent() ? request.query("cursor", cursor.get()) : request, CatalogPage.class);
    }

    /** Returns the values that fields of directories have where a query is met. */
    public Map<String, List<Object>> values(FindByMetadata query) {
        return client.call(ApiRequest.post(METADATA + "/values").json(query).repeatable(), new TypeReference<>() {});
    }
}
