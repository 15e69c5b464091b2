/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.kernel.error;

/**
 * The table of all errors: DIRAC's error number, the kind and the title that clients see.
 *
 * <p>Numbers are DIRAC's where it has one for the fact, else 0 (DIRAC's generic error).
 */
public enum ErrorCode {
    MALFORMED_REQUEST(0, ErrorKind.MALFORMED, "The request is malformed"),
    METHOD_NOT_ALLOWED(0, ErrorKind.MALFORMED, "The method is not allowed"),
    NOT_ACCEPTABLE(0, ErrorKind.MALFORMED, "None of the accepted content types is available"),
    UNSUPPORTED_MEDIA_TYPE(0, ErrorKind.MALFORMED, "The content type is not supported"),
    INVALID_REQUEST(0, ErrorKind.INVALID, "The request cannot be carried out"),
    INVALID_SEARCH(0, ErrorKind.INVALID, "The search is invalid"),
    INVALID_SCOPE(0, ErrorKind.INVALID, "The scope is invalid"),
    INVALID_GRANT(0, ErrorKind.INVALID, "The grant is invalid"),
    INVALID_TOKEN_REQUEST(0, ErrorKind.INVALID, "The token request is malformed"),
    UNSUPPORTED_GRANT_TYPE(0, ErrorKind.INVALID, "The grant type is not supported"),
    UNSUPPORTED_TOKEN_TYPE(0, ErrorKind.INVALID, "The token type is not supported"),
    INVALID_CLIENT(0, ErrorKind.INVALID, "The client is not known"),
    INVALID_TARGET(0, ErrorKind.INVALID, "The audience is not allowed"),
    UNAUTHORIZED_CLIENT(0, ErrorKind.INVALID, "The client may not do this"),
    AUTHORIZATION_PENDING(0, ErrorKind.INVALID, "The log-in is not approved yet"),
    ACCESS_DENIED(0, ErrorKind.INVALID, "The log-in was refused"),
    JDL_SYNTAX(1501, ErrorKind.INVALID, "JDL syntax error"),
    JDL_INVALID(1501, ErrorKind.INVALID, "The job description is invalid"),
    TOO_MANY_JOBS(1501, ErrorKind.LIMIT, "Too many jobs in one submission"),
    TOO_MANY_ITEMS(0, ErrorKind.LIMIT, "Too many items in one request"),
    QUERY_TOO_EXPENSIVE(0, ErrorKind.LIMIT, "The query is too expensive"),
    JOB_LIMIT(0, ErrorKind.LIMIT, "A limit on jobs is reached"),
    QUOTA_EXCEEDED(0, ErrorKind.LIMIT, "A quota does not leave room for it"),
    RESCHEDULING_LIMIT(0, ErrorKind.LIMIT, "Maximum of reschedulings reached"),
    UNAUTHENTICATED(1111, ErrorKind.UNAUTHENTICATED, "Authentication required"),
    UNTRUSTED_CERTIFICATE(1111, ErrorKind.UNAUTHENTICATED, "The certificate does not count here"),
    INVALID_TOKEN(1111, ErrorKind.UNAUTHENTICATED, "The token is not valid"),
    INVALID_REFRESH_TOKEN(1111, ErrorKind.UNAUTHENTICATED, "The refresh token is not valid"),
    DEVICE_CODE_EXPIRED(1111, ErrorKind.UNAUTHENTICATED, "The device code has expired"),
    UNKNOWN_CLIENT(1111, ErrorKind.UNAUTHENTICATED, "The client is not known"),
    CLIENT_NOT_AUTHENTICATED(1111, ErrorKind.UNAUTHENTICATED, "The client is not authenticated"),
    BAD_CREDENTIALS(1111, ErrorKind.UNAUTHENTICATED, "The credentials are not valid"),
    SUSPENDED(1111, ErrorKind.FORBIDDEN, "Suspended"),
    FORBIDDEN(1111, ErrorKind.FORBIDDEN, "Forbidden"),
    NOT_FOUND(0, ErrorKind.NOT_FOUND, "Not found"),
    JOB_NOT_FOUND(0, ErrorKind.NOT_FOUND, "Job not found"),
    PILOT_NOT_FOUND(1550, ErrorKind.NOT_FOUND, "Pilot not found"),
    SANDBOX_TOO_LARGE(0, ErrorKind.LIMIT, "Sandbox too large"),
    SANDBOX_SPACE(0, ErrorKind.LIMIT, "The space for sandboxes is used up"),
    SANDBOX_NOT_FOUND(0, ErrorKind.NOT_FOUND, "Sandbox not found"),
    CONFLICT(0, ErrorKind.CONFLICT, "The state of the thing does not allow this"),
    NOT_ALL_POSSIBLE(0, ErrorKind.CONFLICT, "It cannot be done to all, so it was done to none"),
    CONFIGURATION_CONFLICT(0, ErrorKind.CONFLICT, "Somebody else has changed the same"),
    STALE_ATTEMPT(0, ErrorKind.CONFLICT, "The job has moved on to another attempt"),
    IDEMPOTENCY_CONFLICT(0, ErrorKind.CONFLICT, "The idempotency key was used for another request"),
    REQUEST_IN_PROGRESS(0, ErrorKind.CONFLICT, "The same request is being carried out"),
    CURSOR_GONE(0, ErrorKind.GONE, "What follows the cursor is not kept any more"),
    TOO_LARGE(0, ErrorKind.TOO_LARGE, "The content is too large"),
    RATE_LIMITED(0, ErrorKind.RATE, "Too many requests"),
    INTERNAL_ERROR(0, ErrorKind.INTERNAL, "Internal error"),
    UPSTREAM_ERROR(0, ErrorKind.UPSTREAM, "A service that we depend on answered wrongly"),
    UNAVAILABLE(0, ErrorKind.UNAVAILABLE, "The service is not available for now");

    private final int errno;
    private final ErrorKind kind;
    private final String title;

    ErrorCode(int errno, ErrorKind kind, String title) {
        this.errno = errno;
        this.kind = kind;
        this.title = title;
    }

    /** DIRAC's error number, 0 for a generic error. */
    public int errno() {
        return errno;
    }

    public ErrorKind kind() {
        return kind;
    }

    /** Short text, the same for every occurrence. */
    public String title() {
        return title;
    }
}
