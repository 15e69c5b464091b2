/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.web.auth;

import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import org.diracee.framework.login.boundary.LoginState;
import org.diracee.framework.login.boundary.PendingLogin;

/** Answers of the log-in that a person sees, with the headers that keep other sites out of them. */
final class Pages {

    private static final String TOO_MANY_RETRY_SECONDS = "300";

    private Pages() {}

    static Response form(int status, PendingLogin login, String username, String error, CsrfToken token) {
        return page(status, ApprovalPage.approval(login, username, error, token))
                .header(HttpHeaders.SET_COOKIE, token.cookie())
                .build();
    }

    /** Asks for the code, for people whose program showed only that. */
    static Response codeForm(int status, String error) {
        return page(status, ApprovalPage.codeForm(error)).build();
    }

    static Response notWaiting(LoginState state) {
        if (state instanceof LoginState.Unknown) {
            return codeForm(400, "This code is not known. Please compare it with what your program shows.");
        }
        if (state instanceof LoginState.Expired) {
            return message(400, "Too late", "This log-in has expired. Please start it anew in your program.");
        }
        return message(400, "Already decided", "This log-in was approved or refused before. Please close the window.");
    }

    static Response message(int status, String title, String text) {
        return page(status, ApprovalPage.message(title, text)).build();
    }

    /** After a form was taken, so that reloading does not send it again. */
    static Response redirect(String path) {
        return secured(Response.status(Response.Status.SEE_OTHER).header(HttpHeaders.LOCATION, path))
                .build();
    }

    private static Response.ResponseBuilder page(int status, String html) {
        Response.ResponseBuilder page = secured(Response.status(status).entity(html))
                .header(HttpHeaders.CONTENT_TYPE, "text/html;charset=UTF-8");
        return status == 429 ? page.header(HttpHeaders.RETRY_AFTER, TOO_MANY_RETRY_SECONDS) : page;
    }

    private static Response.ResponseBuilder secured(Response.ResponseBuilder answer) {
        return answer.header(HttpHeaders.CACHE_CONTROL, "no-store")
                .header("Content-Security-Policy", ApprovalPage.CONTENT_SECURITY_POLICY)
                .header("Cross-Origin-Opener-Policy", "same-origin")
                .header("Referrer-Policy", "no-referrer")
                .header("X-Content-Type-Options", "nosniff")
                .header("X-Frame-Options", "DENY");
    }
}
