/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.web.http;

import java.util.List;

/** The routes that need no credentials, as URL patterns of servlets; {@code web.xml} opens exactly these. */
public final class PublicRoutes {

    public static final List<String> PATTERNS = List.of(
            "/.well-known/*",
            "/api/openapi.json",
            "/api/health/*",
            "/api/meta",
            "/api/auth/device",
            "/api/auth/device/*",
            "/api/auth/authorize",
            "/api/auth/authorize/*",
            "/api/auth/token",
            "/api/auth/revoke",
            "/api/auth/legacy-exchange",
            "/api/auth/certificate",
            "/api/auth/secret-exchange",
            "/api/auth/pilot-token",
            "/api/pilots/image/*",
            "/api/sandbox-transfers/*",
            "/api/storage-data/*");

    private PublicRoutes() {}

    /** Whether everybody may call this path. */
    public static boolean contain(String path) {
        return PATTERNS.stream()
                .anyMatch(pattern -> pattern.endsWith("/*")
                        ? path.startsWith(pattern.substring(0, pattern.length() - 1))
                                || path.equals(pattern.substring(0, pattern.length() - 2))
                        : path.equals(pattern));
    }
}
