/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.framework.exchange.boundary;

import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.util.Optional;
import org.diracee.framework.client.boundary.ClientGrant;
import org.diracee.framework.client.boundary.RegisteredClient;
import org.diracee.framework.registry.boundary.RegisteredUser;
import org.diracee.framework.registry.boundary.Registry;
import org.diracee.framework.token.boundary.IssuedToken;
import org.diracee.framework.token.boundary.Scope;
import org.diracee.framework.token.boundary.TokenIssuer;
import org.diracee.framework.token.boundary.TokenPair;
import org.diracee.framework.token.boundary.TokenRefresh;
import org.diracee.kernel.access.OpenAccess;
import org.diracee.kernel.error.Forbidden;
import org.diracee.kernel.error.InvalidRequest;

/** Gives registered clients tokens of their own, and goes on with the sessions that they began. @see "RFC 6749 4.4" */
@Stateless
public class ClientTokens {

    private static final String AUTHENTICATED = "the calling service has authenticated the client";

    private TokenIssuer issuer;
    private TokenRefresh refreshes;
    private Registry registry;

    protected ClientTokens() {} // for the container's proxy

    @Inject
    public ClientTokens(TokenIssuer issuer, TokenRefresh refreshes, Registry registry) {
        this.issuer = issuer;
        this.refreshes = refreshes;
        this.registry = registry;
    }

    /**
     * An access token by which the client acts as the user that is registered for it.
     *
     * @param scope what it asks for; without, its VO and group
     * @throws ClientRefused if the client may not have one, or not in this VO
     * @throws InvalidRequest if the scope is invalid
     * @throws Forbidden if its user may not act in this scope
     */
    @OpenAccess(AUTHENTICATED)
    public IssuedToken own(RegisteredClient client, Optional<String> scope) {
        if (!client.may(ClientGrant.CLIENT_CREDENTIALS)) {
            throw ClientRefused.mayNot("get tokens of its own: its option Grants does not name client_credentials");
        }
        RegisteredUser user = client.user()
                .flatMap(name -> registry.user(client.vo(), name))
                .orElseThrow(() -> ClientRefused.mayNot("get tokens of its own: no user is registered for it"));
        Scope asked = Scope.parse(scope.orElseGet(() -> "vo:" + client.vo()), registry, vo -> client.group()
                .or(() -> registry.defaultGroup(vo)));
        if (!asked.vo().equals(client.vo())) {
            throw ClientRefused.mayNot("act in another VO than " + client.vo());
        }
        if (client.group().filter(group -> !group.equals(asked.group())).isPresent()) {
            throw ClientRefused.mayNot(
                    "act in another group than " + client.group().get());
        }
        if (!asked.extra().isEmpty()) {
            throw ClientRefused.mayNot("have properties beyond those of its group");
        }
        return issuer.clientToken(user.subject(), asked, client);
    }

    /**
     * The next tokens of a session that the client began.
     *
     * @throws ClientRefused if the client may not have them
     * @throws org.diracee.framework.token.boundary.InvalidRefreshToken if the token is not good, or another client's
     */
    @OpenAccess(AUTHENTICATED)
    public TokenPair refreshed(RegisteredClient client, String refreshToken) {
        if (!client.may(ClientGrant.REFRESH_TOKEN)) {
            throw ClientRefused.mayNot("prolong sessions: its option Grants does not name refresh_token");
        }
        return refreshes.client(refreshToken, client);
    }
}
