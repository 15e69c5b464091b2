/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.web.auth;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import org.diracee.client.wire.TokenResponse;
import org.diracee.framework.login.boundary.AuthorizationCodes;
import org.diracee.framework.login.boundary.DeviceLogin;
import org.diracee.framework.token.boundary.TokenPair;
import org.diracee.framework.token.boundary.TokenRefresh;
import org.diracee.kernel.error.ErrorCode;
import org.diracee.kernel.error.InvalidRequest;

/** Exchanges what a client has won for tokens. @see "DiracX REST reference 4" */
@OAuth
@Path("api/auth/token")
@RequestScoped
@Produces(MediaType.APPLICATION_JSON)
public class TokenResource {

    private static final String AUTHORIZATION_CODE = "authorization_code";
    private static final String DEVICE_CODE = "urn:ietf:params:oauth:grant-type:device_code";
    private static final String REFRESH_TOKEN = "refresh_token";

    private DeviceLogin logins;
    private AuthorizationCodes codes;
    private TokenRefresh refresh;

    /** RESTEasy insists on it. */
    public TokenResource() {}

    @Inject
    public TokenResource(DeviceLogin logins, AuthorizationCodes codes, TokenRefresh refresh) {
        this.logins = logins;
        this.codes = codes;
        this.refresh = refresh;
    }

    @POST
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public TokenResponse token(MultivaluedMap<String, String> body) {
        Form form = new Form(body);
        String grant = form.required("grant_type");
        String client = form.required("client_id");
        return answer(
                switch (grant) {
                    case DEVICE_CODE -> logins.exchange(client, form.required("device_code"));
                    case AUTHORIZATION_CODE ->
                        codes.exchange(
                                client,
                                form.required("code"),
                                form.required("redirect_uri"),
                                form.required("code_verifier"));
                    case REFRESH_TOKEN -> {
                        logins.requireClient(client);
                        yield refresh.user(form.required(REFRESH_TOKEN));
                    }
                    default ->
                        throw new InvalidRequest(
                                ErrorCode.UNSUPPORTED_GRANT_TYPE,
                                "The grant type is not supported: allowed are " + AUTHORIZATION_CODE + ", "
                                        + DEVICE_CODE + " and "
                                        + REFRESH_TOKEN);
                });
    }

    static TokenResponse answer(TokenPair tokens) {
        return new TokenResponse(
                tokens.access().text(),
                tokens.expiresIn().toSeconds(),
                "Bearer",
                tokens.refresh().text());
    }
}
