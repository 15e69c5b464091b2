/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.client.wire;

import java.util.List;

/**
 * A site as the configuration describes it and the site director finds it.
 *
 * @param suspended whether an administrator shut it out
 * @param bans those in force that concern one's VO
 */
public record SiteRecord(String name, boolean suspended, List<BanRecord> bans, List<CeRecord> ces) {
    public SiteRecord {
        bans = List.copyOf(bans);
        ces = List.copyOf(ces);
    }
}
