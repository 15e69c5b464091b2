/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.web.auth;

import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import org.diracee.framework.login.boundary.Decision;
import org.diracee.framework.login.boundary.LoginState;
import org.diracee.framework.login.boundary.PendingLogin;
import org.diracee.framework.login.boundary.ProgramLogin;
import org.diracee.kernel.error.DiracException;
import org.diracee.web.WebLog;
import org.diracee.web.error.Problems;
import org.diracee.web.http.RequestId;

/** Answers of the log-in that a person sees, with the headers that keep other sites out of them. */
final class Pages {

    private static final String TOO_MANY_RETRY_SECONDS = "300";
    private static final int LONGEST_INPUT = 1024;

    private Pages() {}

    static Response form(int status, PendingLogin login, String username, String error, CsrfToken token) {
        return page(status, ApprovalPage.approval(login, username, error, token))
                .header(HttpHeaders.SET_COOKIE, token.cookie())
                .build();
    }

    /** What a person sees before going to the provider; the form leads there. */
    static Response providerForm(int status, PendingLogin login, URI provider, String error, CsrfToken token) {
        return page(
                        status,
                        ApprovalPage.provider(login, provider, error, token),
                        ApprovalPage.policyOfProvider(provider))
                .header(HttpHeaders.SET_COOKIE, token.cookie())
                .build();
    }

    /** The same for a program in the browser; only there the form may lead on to. */
    static Response form(int status, ProgramLogin login, String username, String error, CsrfToken token) {
        return page(status, ApprovalPage.approval(login, username, error, token), ApprovalPage.policy(login.returnTo()))
                .header(HttpHeaders.SET_COOKIE, token.cookie())
                .build();
    }

    /** What a person sent. */
    record SentForm(String username, String password, String decision, String csrfToken, String fetchSite) {}

    /** The page again, with what was wrong. */
    interface FormAgain {

        Response with(int status, String username, String error);
    }

    /** The same with the name that the person gave. */
    interface NamedFormAgain {

        Response with(int status, String error);
    }

    /** What is wrong with the form itself, if anything is. */
    static Optional<Response> wrongForm(SentForm form, CsrfToken token, FormAgain again) {
        if (!token.matches(form.csrfToken()) || "cross-site".equals(form.fetchSite())) {
            return Optional.of(again.with(
                    403,
                    form.username(),
                    "The form did not come from this page, or your browser keeps no cookies. Please try again."));
        }
        if (!List.of("approve", "refuse").contains(form.decision())) {
            return Optional.of(again.with(400, form.username(), "Please choose approve or refuse."));
        }
        if (form.username().length() > LONGEST_INPUT || form.password().length() > LONGEST_INPUT) {
            return Optional.of(again.with(400, "", "User name and password have at most 1024 characters."));
        }
        return Optional.empty();
    }

    /** After a decision that decides nothing. */
    static Response undecided(Decision decision, NamedFormAgain again) {
        if (decision instanceof Decision.WrongPassword) {
            return again.with(403, "User name or password is wrong.");
        }
        if (decision instanceof Decision.TooManyAttempts) {
            return again.with(429, "Too many attempts. Please wait some minutes, then start anew.");
        }
        if (decision instanceof Decision.NotAllowed notAllowed) {
            return again.with(403, notAllowed.reason());
        }
        if (decision instanceof Decision.NotWaiting notWaiting) {
            return notWaiting(notWaiting.state());
        }
        return message(
                403,
                "No log-in with a password",
                "This installation keeps no passwords. Please ask its administrators how to log in.");
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

    /** After a form was taken, to the program that the form was for. */
    static Response redirect(String address, URI program) {
        return secured(
                        Response.status(Response.Status.SEE_OTHER).header(HttpHeaders.LOCATION, address),
                        ApprovalPage.policy(program))
                .build();
    }

    /** Sends a person to the provider; the cookie lets the browser come back. */
    static Response onward(URI address, BrowserKey browser) {
        return secured(Response.temporaryRedirect(address))
                .header(HttpHeaders.SET_COOKIE, browser.cookie())
                .build();
    }

    /** The same after a form was taken, which the provider does not get. */
    static Response seeProvider(URI address, BrowserKey browser) {
        return secured(Response.seeOther(address), ApprovalPage.policyOfProvider(address))
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
        } catch (RuntimeException thrown) {
            DiracException failure = Problems.known(thrown).orElseThrow(() -> thrown);
            int status = Problems.status(failure.code());
            if (status == 500) {
                throw thrown;
            }
            if (status == 503) {
                WebLog.LOG.dependencyDown(RequestId.current(), failure + " <- " + failure.getCause());
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
        return page(status, html, ApprovalPage.CONTENT_SECURITY_POLICY);
    }

    private static Response.ResponseBuilder page(int status, String html, String policy) {
        Response.ResponseBuilder page = secured(Response.status(status).entity(html), policy)
                .header(HttpHeaders.CONTENT_TYPE, "text/html;charset=UTF-8");
        return status == 429 ? page.header(HttpHeaders.RETRY_AFTER, TOO_MANY_RETRY_SECONDS) : page;
    }

    private static Response.ResponseBuilder secured(Response.ResponseBuilder answer) {
        return secured(answer, ApprovalPage.CONTENT_SECURITY_POLICY);
    }

    private static Response.ResponseBuilder secured(Response.ResponseBuilder answer, String policy) {
        return answer.header(HttpHeaders.CACHE_CONTROL, "no-store")
                .header("Content-Security-Policy", policy)
                .header("Cross-Origin-Opener-Policy", "same-origin")
                .header("Referrer-Policy", "no-referrer")
                .header("X-Content-Type-Options", "nosniff")
                .header("X-Frame-Options", "DENY");
    }
}
