/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.web.http;

import java.util.Map;
import org.diracee.framework.limit.boundary.Allowance;

/** How answers tell what is left of a budget. @see "draft-ietf-httpapi-ratelimit-headers-10" */
public final class RateLimitHeaders {

    /** Says what is left. */
    public static final String LEFT = "RateLimit";

    private static final String POLICY = "RateLimit-Policy";

    private RateLimitHeaders() {}

    public static Map<String, String> of(Allowance allowance) {
        String name = '"' + allowance.budget().wireName() + '"';
        return Map.of(
                POLICY,
                name + ";q=" + allowance.quota() + ";w=" + allowance.window(),
                LEFT,
                name + ";r=" + allowance.left() + ";t=" + allowance.reset());
    }
}
