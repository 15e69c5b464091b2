/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.web.openapi;

import java.util.Locale;
import java.util.Set;

/** What a route promises to those who build on it. */
enum Stability {
    /** Changes only by addition; a removal is announced a release before, with what to use instead. */
    STABLE,
    /** May still change in any release; the changelog says how. */
    PREVIEW;

    /** The extension of an operation that says it. */
    static final String EXTENSION = "x-stability";

    /** DiracX's routes, which its clients rely on, and the probes. What is ours alone is young. */
    private static final Set<String> STABLE_ROUTES = Set.of(
            "GET /.well-known/dirac-metadata",
            "GET /.well-known/jwks.json",
            "GET /.well-known/openid-configuration",
            "GET /.well-known/security.txt",
            "GET /api/health/live",
            "GET /api/health/ready",
            "GET /api/health/startup",
            "POST /api/auth/device",
            "GET /api/auth/device",
            "GET /api/auth/device/complete",
            "GET /api/auth/device/complete/finished",
            "GET /api/auth/authorize",
            "GET /api/auth/authorize/complete",
            "POST /api/auth/token",
            "POST /api/auth/revoke",
            "GET /api/auth/userinfo",
            "GET /api/auth/refresh-tokens",
            "DELETE /api/auth/refresh-tokens/{jti}",
            "GET /api/config",
            "POST /api/jobs/jdl",
            "POST /api/jobs/search",
            "POST /api/jobs/summary",
            "PATCH /api/jobs/status",
            "PATCH /api/jobs/heartbeat",
            "PATCH /api/jobs/metadata",
            "POST /api/jobs/reschedule",
            "POST /api/jobs/sandbox",
            "GET /api/jobs/sandbox",
            "GET /api/jobs/{id}/sandbox",
            "GET /api/jobs/{id}/sandbox/{kind}",
            "PATCH /api/jobs/{id}/sandbox/output",
            "DELETE /api/jobs/{id}/sandbox",
            "POST /api/jobs/sandbox/unassign",
            "POST /api/pilots",
            "PATCH /api/pilots/metadata",
            "POST /api/pilots/search",
            "POST /api/pilots/summary");

    static Stability of(String route) {
        return STABLE_ROUTES.contains(route) ? STABLE : PREVIEW;
    }

    static Set<String> stableRoutes() {
        return STABLE_ROUTES;
    }

    String text() {
        return name().toLowerCase(Locale.ROOT);
    }
}
