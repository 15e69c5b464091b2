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
import org.diracee.framework.login.boundary.DeviceLogin;
import org.diracee.framework.token.boundary.Sessions;
import org.diracee.kernel.error.ErrorCode;
import org.diracee.kernel.error.InvalidRequest;

/** Lets a client give up its session. @see "DiracX REST reference 4; RFC 7009" */
@OAuth
@Path("api/auth/revoke")
@RequestScoped
@Produces(MediaType.APPLICATION_JSON)
public class RevocationResource {

    static final String REVOKED = "Refresh token revoked";

    private DeviceLogin logins;
    private Sessions sessions;

    /** RESTEasy insists on it. */
    public RevocationResource() {}

    @Inject
    public RevocationResource(DeviceLogin logins, Sessions sessions) {
        this.logins = logins;
        this.sessions = sessions;
    }

    /** A token that is not ours is answered alike: the client wanted it to be useless, and it is. */
    @POST
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public String revokeToken(MultivaluedMap<String, String> body) {
        Form form = new Form(body);
        String token = form.required("token");
        if (!form.optional("client_id").map(logins::knowsClient).orElse(true)) {
            throw new UnknownClient();
        }
        if (form.optional("token_type_hint").filter("access_token"::equals).isPresent()) {
            throw new InvalidRequest(
                    ErrorCode.UNSUPPORTED_TOKEN_TYPE,
                    "unsupported_token_type: an access token ends by itself, only refresh tokens can be revoked");
        }
        sessions.revoke(token);
        return REVOKED;
    }
}
