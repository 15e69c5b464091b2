/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.web.administration;

import jakarta.ws.rs.QueryParam;
import java.time.Instant;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.diracee.client.wire.Timestamps;
import org.diracee.framework.audit.boundary.AuditAct;
import org.diracee.framework.audit.boundary.AuditOutcome;
import org.diracee.framework.audit.boundary.AuditQuery;
import org.diracee.kernel.error.InvalidRequest;
import org.jspecify.annotations.Nullable;

/** What the query of a request asks of the audit log. */
public class AuditFilter {

    @QueryParam("from")
    @Nullable
    String from;

    @QueryParam("until")
    @Nullable
    String until;

    @QueryParam("vo")
    @Nullable
    String vo;

    @QueryParam("user")
    @Nullable
    String user;

    @QueryParam("actor")
    @Nullable
    String actor;

    @QueryParam("act")
    @Nullable
    String act;

    @QueryParam("outcome")
    @Nullable
    String outcome;

    @QueryParam("target")
    @Nullable
    String target;

    @QueryParam("credential")
    @Nullable
    String credential;

    @QueryParam("address")
    @Nullable
    String address;

    @QueryParam("request_id")
    @Nullable
    String requestId;

    AuditQuery query() {
        return new AuditQuery(
                time(from),
                time(until),
                Optional.ofNullable(vo),
                Optional.ofNullable(user),
                Optional.ofNullable(actor),
                Optional.ofNullable(act).map(AuditFilter::act),
                Optional.ofNullable(outcome).map(AuditFilter::outcome),
                Optional.ofNullable(target),
                Optional.ofNullable(credential),
                Optional.ofNullable(address),
                Optional.ofNullable(requestId));
    }

    private static Optional<Instant> time(@Nullable String text) {
        return Optional.ofNullable(text).map(Timestamps::parse);
    }

    private static AuditAct act(String name) {
        return AuditAct.ofWireName(name)
                .orElseThrow(() -> new InvalidRequest("act: '" + name + "' is none; there is "
                        + Arrays.stream(AuditAct.values())
                                .map(AuditAct::wireName)
                                .collect(Collectors.joining(", "))));
    }

    private static AuditOutcome outcome(String name) {
        return Arrays.stream(AuditOutcome.values())
                .filter(known -> known.name().equals(name.toUpperCase(Locale.ROOT)))
                .findFirst()
                .orElseThrow(() -> new InvalidRequest("outcome: '" + name + "' is none; there is DONE and REFUSED"));
    }
}
