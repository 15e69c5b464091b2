/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.client.wire;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import java.util.Optional;

/**
 * A time in which a site or computing element got no jobs, or gets none.
 *
 * @param kind {@code site} or {@code ce}
 * @param vo for whose jobs; absent: for those of all VOs
 * @param author name of who banned
 * @param until when it ends by itself
 * @param lifted when somebody ended it
 * @param liftedBy name of who did; absent if its time was over
 * @param warning in the answer to who bans: that the configuration knows no such name
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record BanRecord(
        long id,
        String kind,
        String name,
        Optional<String> vo,
        String reason,
        String author,
        Instant since,
        Optional<Instant> until,
        Optional<Instant> lifted,
        @JsonProperty("lifted_by") Optional<String> liftedBy,
        @JsonProperty("lifted_reason") Optional<String> liftedReason,
        Optional<String> warning) {}
