/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.client.wire;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.Optional;

/**
 * Quotas of a VO.
 *
 * @param next cursor of the next page, absent on the last
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record QuotaPage(List<QuotaRecord> quotas, Optional<String> next) {
    public QuotaPage {
        quotas = List.copyOf(quotas);
    }
}
