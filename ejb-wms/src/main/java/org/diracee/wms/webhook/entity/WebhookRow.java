/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.webhook.entity;

import java.net.URI;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.diracee.kernel.value.GroupName;
import org.diracee.kernel.value.UserName;
import org.diracee.kernel.value.VoName;

/** A webhook as it is kept. */
public record WebhookRow(
        UUID id,
        VoName vo,
        UserName owner,
        String subject,
        GroupName ownerGroup,
        boolean wholeVo,
        Optional<String> jobGroup,
        URI url,
        String sealedSecret,
        boolean enabled,
        Optional<String> reason,
        int failures,
        Instant created) {

    /** Where its secret is sealed for. */
    public static String place(UUID id) {
        return "webhook/" + id;
    }
}
