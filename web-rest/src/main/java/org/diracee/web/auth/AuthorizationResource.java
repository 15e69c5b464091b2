/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.web.auth;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.CookieParam;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.diracee.framework.login.boundary.AuthorizationRequest;
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

    /** RESTEasy insists on it. */
    public AuthorizationResource() {}

    @Inject
    public AuthorizationResource(ProviderLogin logins) {
        this.logins = logins;
    }

    /** Sends the person to the provider of the VO. */
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
            @CookieParam(BrowserKey.COOKIE) @Nullable String cookie) {
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
            return Pages.onward(logins.forProgram(request, browser.text()), browser);
        });
    }

    /** Takes the person who comes back from the provider, and sends it on to the program. */
    @GET
    @Path("complete")
    public Response complete(
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
