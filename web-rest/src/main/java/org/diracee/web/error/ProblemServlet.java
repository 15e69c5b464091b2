/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.web.error;

import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.inject.Inject;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import org.diracee.client.wire.ProblemDocument;
import org.diracee.client.wire.WireMapper;
import org.diracee.framework.audit.boundary.AuditAct;
import org.diracee.framework.audit.boundary.AuditActor;
import org.diracee.framework.audit.boundary.AuditedAct;
import org.diracee.framework.audit.boundary.SecurityAudit;
import org.diracee.kernel.error.ErrorCode;
import org.diracee.web.WebLog;
import org.diracee.web.http.AuditedRoute;
import org.diracee.web.http.RequestId;
import org.jspecify.annotations.Nullable;

/** Writes the body of answers that the server decides before the application is reached, such as a refused token. */
@WebServlet("/.problem")
public class ProblemServlet extends HttpServlet {

    /** Request attribute in which the authentication mechanism says what was wrong. */
    public static final String DETAIL = "org.diracee.problem.detail";

    private static final long serialVersionUID = 1L;
    private static final ObjectMapper JSON = WireMapper.strict();

    private final transient SecurityAudit audit;

    @Inject
    public ProblemServlet(SecurityAudit audit) {
        this.audit = audit;
    }

    /** The dispatch keeps the method of the failed request, so all of them come here. */
    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Object given = request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE);
        int status = given instanceof Integer number ? number : HttpServletResponse.SC_NOT_FOUND;
        Object failure = request.getAttribute(RequestDispatcher.ERROR_EXCEPTION);
        if (status >= 500 && failure instanceof Throwable cause) {
            WebLog.LOG.serverError(RequestId.current(), status, cause);
        }
        if (status == HttpServletResponse.SC_UNAUTHORIZED && showsCredential(request)) {
            audit.refused(AuditedAct.refused(
                    AuditAct.AUTHENTICATION,
                    AuditActor.UNKNOWN,
                    AuditedRoute.of(request.getMethod(), uri(request)),
                    String.valueOf(request.getAttribute(DETAIL))));
        }
        ProblemDocument problem = problem(status, (String) request.getAttribute(DETAIL), uri(request));
        response.setStatus(status);
        response.setContentType(ProblemDocument.MEDIA_TYPE);
        response.setHeader("Cache-Control", "no-store");
        if (status == HttpServletResponse.SC_SERVICE_UNAVAILABLE) {
            response.setHeader("Retry-After", "10");
        }
        byte[] body = JSON.writeValueAsBytes(problem);
        response.setContentLength(body.length);
        if (!"HEAD".equals(request.getMethod())) {
            response.getOutputStream().write(body);
        }
    }

    private static boolean showsCredential(HttpServletRequest request) {
        return request.getHeader("Authorization") != null
                || unauthenticated((String) request.getAttribute(DETAIL)) == ErrorCode.UNTRUSTED_CERTIFICATE;
    }

    static ProblemDocument problem(int status, @Nullable String detail, String path) {
        ErrorCode code = code(status, detail);
        String sentence = detail != null
                ? detail
                : switch (code) {
                    case NOT_FOUND -> "There is nothing at " + path;
                    case INTERNAL_ERROR ->
                        "Internal error; the administrators find it in the log under request " + RequestId.current();
                    default -> code.title();
                };
        return Problems.document(status, code, sentence, List.of(), RequestId.current());
    }

    private static ErrorCode unauthenticated(@Nullable String detail) {
        if (detail == null || detail.startsWith("Auth")) {
            return ErrorCode.UNAUTHENTICATED;
        }
        return detail.startsWith("The certificate") ? ErrorCode.UNTRUSTED_CERTIFICATE : ErrorCode.INVALID_TOKEN;
    }

    private static ErrorCode code(int status, @Nullable String detail) {
        return switch (status) {
            case 401 -> unauthenticated(detail);
            case 403 -> ErrorCode.FORBIDDEN;
            case 404 -> ErrorCode.NOT_FOUND;
            case 405 -> ErrorCode.METHOD_NOT_ALLOWED;
            case 413 -> ErrorCode.TOO_LARGE;
            case 415 -> ErrorCode.UNSUPPORTED_MEDIA_TYPE;
            case 429 -> ErrorCode.RATE_LIMITED;
            case 502, 504 -> ErrorCode.UPSTREAM_ERROR;
            case 503 -> ErrorCode.UNAVAILABLE;
            default -> status < 500 ? ErrorCode.INVALID_REQUEST : ErrorCode.INTERNAL_ERROR;
        };
    }

    private static String uri(HttpServletRequest request) {
        Object original = request.getAttribute(RequestDispatcher.ERROR_REQUEST_URI);
        return original instanceof String uri ? uri : request.getRequestURI();
    }
}
