/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.client.wire;

import java.util.List;

/**
 * A computing element as the configuration describes it and the site director finds it.
 *
 * @param type picks the adapter
 * @param bans those in force that concern one's VO
 */
public record CeRecord(String site, String name, String type, List<BanRecord> bans, List<QueueRecord> queues) {
    public CeRecord {
        bans = List.copyOf(bans);
        queues = List.copyOf(queues);
    }
}
