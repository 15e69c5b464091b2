/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.elytron;

import java.util.Map;

/**
 * Why a request was turned away before it reached the application.
 *
 * <p>The mechanism can set status and headers only; the body is written by the application's error page, which finds
 * the texts in the request attributes {@link #TITLE} and {@link #DETAIL}.
 */
public record AuthenticationProblem(int status, String title, String detail, Map<String, String> headers) {

    /** Name of the request attribute with the problem's title, a {@link String}. */
    public static final String TITLE = "org.diracee.problem.title";

    /** Name of the request attribute with the problem's detail, a {@link String}. */
    public static final String DETAIL = "org.diracee.problem.detail";

    private static final String CHALLENGE = "WWW-Authenticate";
    private static final int RETRY_AFTER_SECONDS = 10;

    /** Copies the headers. */
    public AuthenticationProblem {
        headers = Map.copyOf(headers);
    }

    static AuthenticationProblem headerMissing() {
        return new AuthenticationProblem(
                401, "Unauthorized", "Authorization header is missing", Map.of(CHALLENGE, "Bearer"));
    }

    static AuthenticationProblem headerMalformed() {
        return new AuthenticationProblem(400, "Bad Request", "Invalid authorization header", Map.of());
    }

    /** The scheme is not repeated: somebody may have put a secret in its place. */
    static AuthenticationProblem otherScheme() {
        return new AuthenticationProblem(
                401,
                "Unauthorized",
                "Authorization: the scheme is not accepted here; allowed is Bearer",
                Map.of(CHALLENGE, "Bearer"));
    }

    static AuthenticationProblem refused(CredentialRefused refusal) {
        return new AuthenticationProblem(
                401, "Unauthorized", refusal.detail(), Map.of(CHALLENGE, "Bearer error=\"invalid_token\""));
    }

    static AuthenticationProblem certificateRefused(CredentialRefused refusal) {
        return new AuthenticationProblem(401, "Unauthorized", refusal.detail(), Map.of(CHALLENGE, "Bearer"));
    }

    static AuthenticationProblem foreignPage() {
        return new AuthenticationProblem(403, "Forbidden", ForeignPage.DETAIL, Map.of());
    }

    static AuthenticationProblem unavailable() {
        return new AuthenticationProblem(
                503,
                "Service Unavailable",
                "Authentication is not available at the moment",
                Map.of("Retry-After", Integer.toString(RETRY_AFTER_SECONDS)));
    }
}
