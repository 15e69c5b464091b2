/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.web.auth;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import java.util.List;
import org.diracee.client.wire.ClientRow;
import org.diracee.client.wire.CommittedConfiguration;
import org.diracee.client.wire.RegisterClient;
import org.diracee.framework.client.boundary.ClientGrant;
import org.diracee.framework.client.boundary.NewClient;
import org.diracee.framework.client.boundary.RegisteredClient;
import org.diracee.framework.exchange.boundary.ClientAdministration;
import org.diracee.framework.exchange.boundary.ClientView;
import org.diracee.kernel.access.Caller;
import org.diracee.kernel.error.InvalidRequest;
import org.diracee.kernel.value.GroupName;
import org.diracee.kernel.value.UserName;
import org.diracee.web.configuration.ConfigurationRecords;

/** Shows the registered clients of the caller's VO, adds and deletes them, and lets them in and out. */
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

    @POST
    public CommittedConfiguration registerClient(@NotNull @Valid RegisterClient request) {
        return ConfigurationRecords.committed(clients.add(
                caller,
                new NewClient(
                        request.clientId(),
                        request.approved().orElse(false),
                        request.user().map(UserName::new),
                        request.group().map(GroupName::new),
                        request.grants().stream().map(ClientsResource::grant).toList(),
                        request.secretHash(),
                        request.keys(),
                        request.actsForUsers().orElse(false),
                        request.scopes(),
                        request.audiences(),
                        request.refreshLifetime().map(Duration::ofSeconds),
                        request.sessionLifetime().map(Duration::ofSeconds)),
                request.message()));
    }

    @DELETE
    @Path("{id}")
    public CommittedConfiguration deleteClient(
            @PathParam("id") String id, @QueryParam("message") @NotNull String message) {
        return ConfigurationRecords.committed(clients.delete(caller, id, message));
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

    private static ClientGrant grant(String text) {
        if (!ClientGrant.texts().contains(text)) {
            throw new InvalidRequest("grants: '" + text + "' is none: allowed are " + ClientGrant.texts());
        }
        return ClientGrant.of(text);
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
