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
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Optional;
import org.diracee.client.wire.ProviderTokenRow;
import org.diracee.framework.tokenmanager.boundary.TokenManager;
import org.diracee.kernel.access.Caller;
import org.jspecify.annotations.Nullable;

/** Shows and deletes what is kept of users' log-ins at the providers of their VOs. */
@Path("api/auth/provider-tokens")
@RequestScoped
@Produces(MediaType.APPLICATION_JSON)
public class ProviderTokensResource {

    private TokenManager tokens;
    private Caller caller;

    public ProviderTokensResource() {} // RESTEasy insists on a public one

    @Inject
    public ProviderTokensResource(TokenManager tokens, Caller caller) {
        this.tokens = tokens;
        this.caller = caller;
    }

    @GET
    public List<ProviderTokenRow> listProviderTokens() {
        return tokens.list(caller).stream()
                .map(kept -> new ProviderTokenRow(
                        kept.vo() + ":" + kept.subject(), kept.issuer(), kept.scope(), kept.obtained(), kept.used()))
                .toList();
    }

    /** @param subject whose; absent: the caller's own */
    @DELETE
    public Response deleteProviderToken(@QueryParam("subject") @Nullable String subject) {
        tokens.forget(caller, Optional.ofNullable(subject));
        return Response.noContent().build();
    }
}
