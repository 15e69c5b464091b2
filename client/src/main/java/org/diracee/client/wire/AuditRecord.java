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
 * A row of the audit log.
 *
 * @param outcome {@code DONE} or {@code REFUSED}
 * @param times how many equal refusals it stands for
 * @param vo empty if it concerns none
 * @param actor who did it, as {@code user:<vo>:<subject>}, {@code pilot:<stamp>}, {@code job:<id>:<attempt>} or {@code
 *     system:<agent>}; empty if nobody is known
 * @param credential {@code jti} or DN of what was shown or given out
 * @param client what acted for the user
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record AuditRecord(
        Instant time,
        String act,
        String outcome,
        int times,
        String vo,
        String actor,
        String user,
        String group,
        @JsonProperty("credential_kind") String credentialKind,
        String credential,
        Optional<String> client,
        String target,
        String address,
        @JsonProperty("request_id") String requestId,
        String detail) {}
