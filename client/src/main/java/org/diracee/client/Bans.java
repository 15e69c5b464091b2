/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.client;

import com.fasterxml.jackson.core.type.TypeReference;
import java.util.List;
import java.util.Optional;
import org.diracee.client.wire.BanPage;
import org.diracee.client.wire.BanPlace;
import org.diracee.client.wire.BanRecord;

/** Which sites and computing elements get no jobs and pilots for a while. */
public final class Bans {

    private static final String BANS = "/api/bans";

    private final ApiClient client;

    public Bans(ApiClient client) {
        this.client = client;
    }

    /** Returns the bans in force that concern one's VO. */
    public List<BanRecord> inForce() {
        return client.call(ApiRequest.get(BANS), new TypeReference<>() {});
    }

    /** Returns the bans of one place, the newest first. */
    public BanPage history(String kind, String name, int limit, Optional<String> cursor) {
        ApiRequest request = ApiRequest.get(BANS + "/history")
                .query("kind", kind)
                .query("name", name)
                .query("limit", limit);
        return client.call(cursor.isPresent() ? request.query("cursor", cursor.get()) : request, BanPage.class);
    }

    public BanRecord ban(BanPlace order) {
        return client.call(ApiRequest.post(BANS).json(order).repeatable(), BanRecord.class);
    }

    /** Ends a ban. */
    public void allow(long id, String reason) {
        client.exchange(ApiRequest.delete(BANS + "/" + id).query("reason", reason));
    }
}
