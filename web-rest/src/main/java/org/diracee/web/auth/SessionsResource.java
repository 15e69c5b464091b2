/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.web.auth;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.diracee.client.wire.SessionRow;
import org.diracee.framework.token.boundary.Sessions;
import org.diracee.kernel.access.Caller;
import org.diracee.web.http.UuidText;

/** Shows and ends the sessions that refresh tokens stand for. @see "DiracX REST reference 4" */
@Path("api/auth/refresh-tokens")
@RequestScoped
@Produces(MediaType.APPLICATION_JSON)
public class SessionsResource {

    private Sessions sessions;
    private Caller caller;

    /** RESTEasy insists on it. */
    public SessionsResource() {}

    @Inject
    public SessionsResource(Sessions sessions, Caller caller) {
        this.sessions = sessions;
        this.caller = caller;
    }

    @GET
    public List<SessionRow> list() {
        return sessions.list(caller).stream()
                .map(session -> new SessionRow(
                        session.jti().toString(),
                        session.status(),
                        session.scope(),
                        session.vo() + ":" + session.subject()))
                .toList();
    }

    @DELETE
    @Path("{jti}")
    public String revokeSession(@PathParam("jti") String jti) {
        sessions.revoke(caller, UuidText.read("refresh token id", jti));
        return RevocationResource.REVOKED;
    }
}
