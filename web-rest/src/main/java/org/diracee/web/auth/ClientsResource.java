/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.web.auth;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import org.diracee.client.wire.ClientRow;
import org.diracee.framework.client.boundary.ClientGrant;
import org.diracee.framework.client.boundary.RegisteredClient;
import org.diracee.framework.exchange.boundary.ClientAdministration;
import org.diracee.framework.exchange.boundary.ClientView;
import org.diracee.kernel.access.Caller;
import org.diracee.kernel.value.GroupName;
import org.diracee.kernel.value.UserName;

/** Shows the registered clients of the caller's VO, and lets them in and out. */
@Path("api/auth/clients")
@RequestScoped
@Produces(MediaType.APPLICATION_JSON)
public class ClientsResource {

    private ClientAdministration clients;
    private Caller caller;

    public ClientsResource() {} // RESTEasy insists on a public one

    @Inject
    public ClientsResource(ClientAdministration clients, Caller caller) {
        this.clients = clients;
        this.caller = caller;
    }

    @GET
    public List<ClientRow> listClients() {
        return clients.list(caller).stream().map(ClientsResource::row).toList();
    }

    @GET
    @Path("{id}")
    public ClientRow getClient(@PathParam("id") String id) {
        return row(clients.show(caller, id));
    }

    @PUT
    @Path("{id}/approval")
    public Response approveClient(@PathParam("id") String id) {
        clients.approve(caller, id);
        return Response.noContent().build();
    }

    @DELETE
    @Path("{id}/approval")
    public Response revokeClient(@PathParam("id") String id) {
        clients.revoke(caller, id);
        return Response.noContent().build();
    }

    private static ClientRow row(ClientView view) {
        RegisteredClient client = view.client();
        return new ClientRow(
                client.id(),
                client.vo().text(),
                client.approved(),
                client.user().map(UserName::text).orElse(null),
                client.group().map(GroupName::text).orElse(null),
                client.grants().stream().map(ClientGrant::text).sorted().toList(),
                view.authentication(),
                client.actsForUsers(),
                client.scopes(),
                client.audiences(),
                view.sessions());
    }
}
