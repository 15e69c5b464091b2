/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.client;

import com.fasterxml.jackson.core.type.TypeReference;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.diracee.client.wire.StorageElementRecord;
import org.diracee.client.wire.StorageTestRecord;

/** Storage elements. */
public final class Storage {

    private static final String ELEMENTS = "/api/storage";

    private final ApiClient client;

    public Storage(ApiClient client) {
        this.client = client;
    }

    /** Returns those of one's VO. */
    public List<StorageElementRecord> elements() {
        return client.call(ApiRequest.get(ELEMENTS), new TypeReference<>() {});
    }

    /** Returns one with its space. */
    public StorageElementRecord element(String name) {
        return client.call(ApiRequest.get(path(name)), StorageElementRecord.class);
    }

    /** Has the server test it; leaves nothing there. */
    public StorageTestRecord test(String name) {
        return client.call(ApiRequest.post(path(name) + "/tests"), StorageTestRecord.class);
    }

    /** Removes what the client wrote for the test. */
    public void endTest(String name, String id) {
        client.call(ApiRequest.delete(path(name) + "/tests/" + id), Void.class);
    }

    private static String path(String name) {
        return ELEMENTS + "/" + URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
