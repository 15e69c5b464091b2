/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.client.wire;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.Optional;

/**
 * Bans of one place, the newest first.
 *
 * @param next cursor of the next page, absent on the last
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record BanPage(List<BanRecord> bans, Optional<String> next) {
    public BanPage {
        bans = List.copyOf(bans);
    }
}
