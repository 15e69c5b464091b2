/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.web.auth;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.CookieParam;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.FormParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.diracee.framework.login.boundary.AuthorizationCodes;
import org.diracee.framework.login.boundary.AuthorizationRequest;
import org.diracee.framework.login.boundary.Decision;
import org.diracee.framework.login.boundary.LoginApproval;
import org.diracee.framework.login.boundary.NextStep;
import org.diracee.framework.login.boundary.ProgramLogin;
import org.diracee.framework.login.boundary.ProviderLogin;
import org.diracee.framework.login.boundary.ProviderReturn;
import org.diracee.kernel.error.FieldError;
import org.diracee.kernel.error.MalformedRequest;
import org.jspecify.annotations.Nullable;

/** The authorization code flow of programs in a browser. @see "DiracX REST reference 4; RFC 6749 4.1" */
@Path("api/auth/authorize")
@RequestScoped
@Produces({MediaType.TEXT_HTML, MediaType.APPLICATION_JSON})
public class AuthorizationResource {

    private ProviderLogin logins;
    private AuthorizationCodes codes;
    private LoginApproval approval;

    /** RESTEasy insists on it. */
    public AuthorizationResource() {}

    @Inject
    public AuthorizationResource(ProviderLogin logins, AuthorizationCodes codes, LoginApproval approval) {
        this.logins = logins;
        this.codes = codes;
        this.approval = approval;
    }

    /** Sends the person to the provider of the VO; if it has none, the page on which a person signs in with us. */
    @GET
    public Response authorize(
            @QueryParam("response_type") @Nullable String responseType,
            @QueryParam("client_id") @Nullable String clientId,
            @QueryParam("redirect_uri") @Nullable String redirectUri,
            @QueryParam("scope") @Nullable String scope,
            @QueryParam("state") @Nullable String state,
            @QueryParam("code_challenge") @Nullable String codeChallenge,
            @QueryParam("code_challenge_method") @Nullable String codeChallengeMethod,
            @HeaderParam(HttpHeaders.ACCEPT) @DefaultValue("") String accept,
            @CookieParam(BrowserKey.COOKIE) @Nullable String cookie,
            @CookieParam(CsrfToken.COOKIE) @Nullable String csrfCookie) {
        return Pages.orFailure(accept, () -> {
            Parameters parameters = new Parameters();
            parameters.literal("response_type", responseType, "code");
            parameters.literal("code_challenge_method", codeChallengeMethod, "S256");
            AuthorizationRequest request = new AuthorizationRequest(
                    parameters.required("client_id", clientId),
                    parameters.required("redirect_uri", redirectUri),
                    parameters.required("scope", scope),
                    parameters.required("code_challenge", codeChallenge),
                    parameters.required("state", state));
            parameters.check();
            BrowserKey browser = BrowserKey.of(cookie);
            NextStep next = logins.forProgram(request, browser.text());
            if (next instanceof NextStep.AtProvider provider) {
                return Pages.onward(provider.address(), browser);
            }
            return Pages.form(200, ((NextStep.WithUs) next).login(), "", "", CsrfToken.of(csrfCookie));
        });
    }

    /** Takes a person's answer from the page that asks for the password. */
    @POST
    @Path("approval")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    @Produces(MediaType.TEXT_HTML)
    public Response decideAuthorization(
            @FormParam(ApprovalPage.FLOW) @DefaultValue("") String flow,
            @FormParam("username") @DefaultValue("") String username,
            @FormParam("password") @DefaultValue("") String password,
            @FormParam("decision") @DefaultValue("") String decision,
            @FormParam(CsrfToken.FIELD) @DefaultValue("") String csrfToken,
            @HeaderParam("Sec-Fetch-Site") @DefaultValue("") String fetchSite,
            @HeaderParam(HttpHeaders.ACCEPT) @DefaultValue("") String accept,
            @CookieParam(CsrfToken.COOKIE) @Nullable String cookie) {
        CsrfToken token = CsrfToken.of(cookie);
        Pages.SentForm sent = new Pages.SentForm(username, password, decision, csrfToken, fetchSite);
        return Pages.orFailure(accept, () -> uuid(flow)
                .flatMap(codes::pending)
                .map(login -> decided(login, sent, token))
                .orElseGet(() -> Pages.message(
                        400,
                        "Too late",
                        "This log-in has expired or is decided. Please start it anew in your program.")));
    }

    private Response decided(ProgramLogin login, Pages.SentForm sent, CsrfToken token) {
        Optional<Response> wrong =
                Pages.wrongForm(sent, token, (status, name, error) -> Pages.form(status, login, name, error, token));
        return wrong.orElseGet(() -> answer(
                approval.decideForProgram(
                        login.flow(), sent.username(), sent.password(), "approve".equals(sent.decision())),
                login,
                sent.username(),
                token));
    }

    private static Response answer(Decision decision, ProgramLogin login, String username, CsrfToken token) {
        if (decision instanceof Decision.SentBack back) {
            return Pages.redirect(back.address(), login.returnTo());
        }
        return Pages.undecided(decision, (status, error) -> Pages.form(status, login, username, error, token));
    }

    private static Optional<UUID> uuid(String text) {
        try {
            return Optional.of(UUID.fromString(text));
        } catch (IllegalArgumentException noId) {
            return Optional.empty();
        }
    }

    /** Takes the person who comes back from the provider, and sends it on to the program. */
    @GET
    @Path("complete")
    public Response completeAuthorization(
            @QueryParam("state") @Nullable String state,
            @QueryParam("code") @Nullable String code,
            @QueryParam("error") @Nullable String error,
            @QueryParam("iss") @Nullable String issuer,
            @HeaderParam(HttpHeaders.ACCEPT) @DefaultValue("") String accept,
            @CookieParam(BrowserKey.COOKIE) @Nullable String cookie) {
        return Pages.orFailure(
                accept,
                () -> Pages.onward(logins.backToProgram(
                        returned(state, code, error, issuer),
                        BrowserKey.of(cookie).text())));
    }

    static ProviderReturn returned(
            @Nullable String state, @Nullable String code, @Nullable String error, @Nullable String issuer) {
        return new ProviderReturn(
                Optional.ofNullable(state),
                Optional.ofNullable(code),
                Optional.ofNullable(error),
                Optional.ofNullable(issuer));
    }

    /** Finds everything that is wrong with the parameters at once. */
    private static final class Parameters {

        private final List<FieldError> wrong = new ArrayList<>();

        String required(String name, @Nullable String value) {
            if (value == null || value.isEmpty()) {
                wrong.add(new FieldError(name, "the parameter is missing"));
                return "";
            }
            return value;
        }

        void literal(String name, @Nullable String value, String allowed) {
            if (!allowed.equals(value)) {
                wrong.add(new FieldError(name, "must be " + allowed));
            }
        }

        void check() {
            if (!wrong.isEmpty()) {
                throw new MalformedRequest(
                        wrong.stream()
                                .map(error -> error.field() + ": " + error.message())
                                .collect(Collectors.joining("; ")),
                        wrong);
            }
        }
    }
}
