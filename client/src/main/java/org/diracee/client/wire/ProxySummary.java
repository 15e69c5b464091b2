/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.client.wire;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.Optional;

/**
 * A stored proxy.
 *
 * @param user the name of the user
 * @param dn of the user's certificate
 * @param warning that it ends soon, in words
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record ProxySummary(
        String id,
        String vo,
        String user,
        String subject,
        String dn,
        Instant stored,
        Instant expires,
        Optional<String> warning) {}
