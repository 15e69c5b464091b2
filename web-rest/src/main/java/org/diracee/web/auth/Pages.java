/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.web.auth;

import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.util.Locale;
import java.util.function.Supplier;
import org.diracee.framework.login.boundary.LoginState;
import org.diracee.framework.login.boundary.PendingLogin;
import org.diracee.kernel.error.DiracException;
import org.diracee.web.error.Problems;

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

    /** Sends a person to the provider; the cookie lets the browser come back. */
    static Response onward(URI address, BrowserKey browser) {
        return secured(Response.temporaryRedirect(address))
                .header(HttpHeaders.SET_COOKIE, browser.cookie())
                .build();
    }

    /** Sends a person on; the address stays as it is. */
    static Response onward(String address) {
        return secured(Response.status(Response.Status.TEMPORARY_REDIRECT).header(HttpHeaders.LOCATION, address))
                .build();
    }

    /** The answer; instead of a failure a page, if it is a person who waits for it. */
    static Response orFailure(String accept, Supplier<Response> answer) {
        if (!accept.toLowerCase(Locale.ROOT).contains(MediaType.TEXT_HTML)) {
            return answer.get();
        }
        try {
            return answer.get();
        } catch (DiracException failure) {
            int status = Problems.status(failure.code());
            if (status == 500) {
                throw failure;
            }
            String title =
                    switch (failure.code().kind()) {
                        case FORBIDDEN -> "You may not log in";
                        case UPSTREAM, UNAVAILABLE -> "The log-in is not possible for now";
                        default -> "The log-in failed";
                    };
            return message(status, title, failure.detail() + (failure.detail().endsWith(".") ? "" : "."));
        }
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
