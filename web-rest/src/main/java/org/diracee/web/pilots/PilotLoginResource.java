/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.web.pilots;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.diracee.client.wire.ExchangeSecret;
import org.diracee.client.wire.RefreshPilotToken;
import org.diracee.client.wire.TokenResponse;
import org.diracee.framework.token.boundary.TokenPair;
import org.diracee.kernel.value.PilotStamp;
import org.diracee.wms.pilot.boundary.PilotLogin;

/**
 * Where pilots get their tokens.
 *
 * @see "DiracX REST reference 9"
 */
@Path("api/auth")
@RequestScoped
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
public class PilotLoginResource {

    private PilotLogin login;

    public PilotLoginResource() {} // RESTEasy insists on a public one

    @Inject
    public PilotLoginResource(PilotLogin login) {
        this.login = login;
    }

    @POST
    @Path("secret-exchange")
    public Response exchangeSecret(@NotNull @Valid ExchangeSecret request) {
        return answer(
                login.exchange(new PilotStamp(request.stamp()), request.secret(), PilotRecords.registration(request)));
    }

    @POST
    @Path("pilot-token")
    public Response refreshPilotToken(@NotNull @Valid RefreshPilotToken request) {
        return answer(login.refresh(request.refreshToken(), new PilotStamp(request.stamp())));
    }

    private static Response answer(TokenPair tokens) {
        return Response.ok(new TokenResponse(
                        tokens.access().text(),
                        tokens.expiresIn().toSeconds(),
                        "Bearer",
                        tokens.refresh().text()))
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .build();
    }
}
