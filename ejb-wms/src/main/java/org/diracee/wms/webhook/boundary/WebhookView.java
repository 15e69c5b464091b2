/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.webhook.boundary;

import java.net.URI;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.diracee.kernel.value.UserName;
import org.diracee.kernel.value.VoName;

/**
 * A webhook without its secret.
 *
 * @param wholeVo whether it is told of the groups of all users of the VO
 * @param jobGroup the only group it is told of
 * @param reason why it is not enabled
 * @param failures tries that failed since the last that succeeded
 */
public record WebhookView(
        UUID id,
        VoName vo,
        UserName owner,
        boolean wholeVo,
        Optional<String> jobGroup,
        URI url,
        boolean enabled,
        Optional<String> reason,
        int failures,
        Instant created) {}
