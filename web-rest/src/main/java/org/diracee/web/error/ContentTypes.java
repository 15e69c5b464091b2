/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.web.error;

import java.util.Set;

/** Which content type a route takes: JSON but for the exceptions that OAuth and uploads demand. */
final class ContentTypes {

    private static final Set<String> FORMS = Set.of("/api/auth/token", "/api/auth/revoke", "/api/auth/certificate");
    private static final String UPLOADS = "/api/sandbox-transfers";

    private ContentTypes() {}

    static String allowedAt(String path) {
        if (FORMS.contains(path)) {
            return "application/x-www-form-urlencoded";
        }
        return path.startsWith(UPLOADS) ? "multipart/form-data" : "application/json";
    }
}
