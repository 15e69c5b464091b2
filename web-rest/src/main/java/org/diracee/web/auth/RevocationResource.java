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
import java.util.Optional;
import org.diracee.framework.client.boundary.RegisteredClient;
import org.diracee.framework.exchange.boundary.ClientAuthentication;
import org.diracee.framework.login.boundary.DeviceLogin;
import org.diracee.framework.token.boundary.Sessions;
import org.diracee.kernel.error.ErrorCode;
import org.diracee.kernel.error.InvalidRequest;

/** Lets a client give up a session: the public one, or a registered one that proves who it is. @see "DiracX REST reference 4; RFC 7009" */
@OAuth
@Path("api/auth/revoke")
@RequestScoped
@Produces(MediaType.APPLICATION_JSON)
public class RevocationResource {

    static final String REVOKED = "Refresh token revoked";

    private DeviceLogin logins;
    private ClientAuthentication clients;
    private Sessions sessions;

    /** RESTEasy insists on it. */
    public RevocationResource() {}

    @Inject
    public RevocationResource(DeviceLogin logins, ClientAuthentication clients, Sessions sessions) {
        this.logins = logins;
        this.clients = clients;
        this.sessions = sessions;
    }

    /** A token that is not ours is answered alike: the client wanted it to be useless, and it is. */
    @POST
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public String revokeToken(@Context HttpHeaders headers, MultivaluedMap<String, String> body) {
        Form form = new Form(body);
        String token = form.required("token");
        ShownClient shown = ShownClient.of(headers.getHeaderString(HttpHeaders.AUTHORIZATION), form);
        Optional<String> registered =
                shown.credentials().map(clients::authenticate).map(RegisteredClient::id);
        if (registered.isEmpty() && !shown.id().map(logins::knowsClient).orElse(true)) {
            throw new UnknownClient();
        }
        if (form.optional("token_type_hint").filter("access_token"::equals).isPresent()) {
            throw new InvalidRequest(
                    ErrorCode.UNSUPPORTED_TOKEN_TYPE,
                    "unsupported_token_type: an access token ends by itself, only refresh tokens can be revoked");
        }
        sessions.revoke(token, registered);
        return REVOKED;
    }
}
