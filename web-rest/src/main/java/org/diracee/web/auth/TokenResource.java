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
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.diracee.client.wire.TokenResponse;
import org.diracee.framework.client.boundary.RegisteredClient;
import org.diracee.framework.exchange.boundary.ClientAuthentication;
import org.diracee.framework.exchange.boundary.ClientTokens;
import org.diracee.framework.exchange.boundary.ExchangeRequest;
import org.diracee.framework.exchange.boundary.ExchangedToken;
import org.diracee.framework.exchange.boundary.TokenExchange;
import org.diracee.framework.login.boundary.AuthorizationCodes;
import org.diracee.framework.login.boundary.DeviceLogin;
import org.diracee.framework.token.boundary.IssuedToken;
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
    private static final String BEARER = "Bearer";

    private static final String CLIENT_CREDENTIALS = "client_credentials";
    private static final String TOKEN_EXCHANGE = "urn:ietf:params:oauth:grant-type:token-exchange";

    /** What {@code grant_type} can be. */
    public static final List<String> GRANT_TYPES =
            List.of(AUTHORIZATION_CODE, DEVICE_CODE, REFRESH_TOKEN, CLIENT_CREDENTIALS, TOKEN_EXCHANGE);

    private DeviceLogin logins;
    private AuthorizationCodes codes;
    private TokenRefresh refresh;
    private ClientAuthentication clients;
    private ClientTokens clientTokens;
    private TokenExchange exchange;
    private Clock clock;

    /** RESTEasy insists on it. */
    public TokenResource() {}

    @Inject
    public TokenResource(
            DeviceLogin logins,
            AuthorizationCodes codes,
            TokenRefresh refresh,
            ClientAuthentication clients,
            ClientTokens clientTokens,
            TokenExchange exchange,
            Clock clock) {
        this.logins = logins;
        this.codes = codes;
        this.refresh = refresh;
        this.clients = clients;
        this.clientTokens = clientTokens;
        this.exchange = exchange;
        this.clock = clock;
    }

    @POST
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public TokenResponse token(@Context HttpHeaders headers, MultivaluedMap<String, String> body) {
        Form form = new Form(body);
        String grant = form.required("grant_type");
        if (!GRANT_TYPES.contains(grant)) {
            throw new InvalidRequest(
                    ErrorCode.UNSUPPORTED_GRANT_TYPE,
                    "The grant type is not supported: allowed are " + String.join(", ", GRANT_TYPES));
        }
        ShownClient shown = ShownClient.of(headers.getHeaderString(HttpHeaders.AUTHORIZATION), form);
        Optional<RegisteredClient> registered = shown.credentials().map(clients::authenticate);
        return registered.isPresent()
                ? toRegistered(registered.get(), grant, form)
                : toPublic(shown.publicId(), grant, form);
    }

    private TokenResponse toPublic(String client, String grant, Form form) {
        return switch (grant) {
            case DEVICE_CODE -> answer(logins.exchange(client, form.required("device_code")));
            case AUTHORIZATION_CODE ->
                answer(codes.exchange(
                        client, form.required("code"), form.required("redirect_uri"), form.required("code_verifier")));
            case REFRESH_TOKEN -> {
                logins.requireClient(client);
                yield answer(refresh.user(form.required(REFRESH_TOKEN)));
            }
            case TOKEN_EXCHANGE -> {
                logins.requireClient(client);
                yield answer(exchange.exchange(Optional.empty(), request(form)));
            }
            default ->
                // a client that is known shows a secret or an assertion; this one does not
                throw new UnknownClient();
        };
    }

    private TokenResponse toRegistered(RegisteredClient client, String grant, Form form) {
        return switch (grant) {
            case CLIENT_CREDENTIALS -> {
                IssuedToken token = clientTokens.own(client, form.optional("scope"));
                yield new TokenResponse(token.text(), token.remaining(clock).toSeconds(), BEARER, null);
            }
            case REFRESH_TOKEN -> answer(clientTokens.refreshed(client, form.required(REFRESH_TOKEN)));
            case TOKEN_EXCHANGE -> answer(exchange.exchange(Optional.of(client), request(form)));
            default ->
                throw new InvalidRequest(
                        ErrorCode.UNAUTHORIZED_CLIENT,
                        "People log in for the public client alone: allowed are " + CLIENT_CREDENTIALS + ", "
                                + REFRESH_TOKEN + " and " + TOKEN_EXCHANGE);
        };
    }

    private static ExchangeRequest request(Form form) {
        for (String unused : List.of("resource", "actor_token", "actor_token_type")) {
            if (form.optional(unused).isPresent()) {
                throw new InvalidRequest(
                        ErrorCode.INVALID_TOKEN_REQUEST,
                        unused + " is not supported: audience names the service, and who acts is the client that asks");
            }
        }
        return new ExchangeRequest(
                form.required("subject_token"),
                form.required("subject_token_type"),
                form.optional("requested_token_type"),
                form.optional("audience"),
                form.optional("scope"));
    }

    static TokenResponse answer(TokenPair tokens) {
        return new TokenResponse(
                tokens.access().text(),
                tokens.expiresIn().toSeconds(),
                BEARER,
                tokens.refresh().text());
    }

    private static TokenResponse answer(ExchangedToken token) {
        return new TokenResponse(
                token.text(),
                token.expiresIn().toSeconds(),
                BEARER,
                token.refresh().orElse(null),
                token.tokenType(),
                token.scope());
    }
}
