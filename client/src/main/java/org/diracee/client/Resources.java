/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.client;

import com.fasterxml.jackson.core.type.TypeReference;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.diracee.client.wire.CeRecord;
import org.diracee.client.wire.QueueTestRecord;
import org.diracee.client.wire.SiteRecord;
import org.diracee.client.wire.TestQueues;

/** Sites, computing elements and queues. */
public final class Resources {

    private static final String SITES = "/api/resources/sites";

    private static final String TESTS = "/api/resources/tests";

    private final ApiClient client;

    public Resources(ApiClient client) {
        this.client = client;
    }

    /** Returns all sites that serve one's VO. */
    public List<SiteRecord> sites() {
        return client.call(ApiRequest.get(SITES), new TypeReference<>() {});
    }

    public SiteRecord site(String name) {
        return client.call(ApiRequest.get(SITES + "/" + segment(name)), SiteRecord.class);
    }

    /** Returns a computing element, with what was submitted to it in the last hours. */
    public CeRecord computingElement(String site, String name, int hours) {
        return client.call(
                ApiRequest.get(SITES + "/" + segment(site) + "/ces/" + segment(name))
                        .query("hours", hours),
                CeRecord.class);
    }

    /** Begins tests; of a queue that is being tested for one's VO already it returns that test. */
    public List<QueueTestRecord> test(TestQueues order) {
        return client.call(ApiRequest.post(TESTS).json(order).repeatable(), new TypeReference<>() {});
    }

    public QueueTestRecord test(long id) {
        return client.call(ApiRequest.get(TESTS + "/" + id), QueueTestRecord.class);
    }

    private static String segment(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
