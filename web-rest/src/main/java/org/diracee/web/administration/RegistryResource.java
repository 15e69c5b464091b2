/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.web.administration;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.Optional;
import org.diracee.client.wire.AddUser;
import org.diracee.client.wire.ChangeMembership;
import org.diracee.client.wire.CommittedConfiguration;
import org.diracee.client.wire.RegistryGroup;
import org.diracee.client.wire.RegistryUser;
import org.diracee.framework.registry.boundary.RegistryAdministration;
import org.diracee.kernel.access.Caller;
import org.diracee.kernel.value.GroupName;
import org.diracee.kernel.value.UserName;
import org.diracee.kernel.value.VoName;
import org.diracee.web.configuration.ConfigurationRecords;
import org.jspecify.annotations.Nullable;

/** Shows and changes who is registered in a VO. */
@Path("api/registry")
@RequestScoped
@Produces(MediaType.APPLICATION_JSON)
public class RegistryResource {

    private RegistryAdministration registry;
    private Caller caller;

    public RegistryResource() {} // RESTEasy insists on a public one

    @Inject
    public RegistryResource(RegistryAdministration registry, Caller caller) {
        this.registry = registry;
        this.caller = caller;
    }

    @GET
    @Path("users")
    public List<RegistryUser> listRegisteredUsers(@QueryParam("vo") @Nullable String vo) {
        return registry.users(caller, vo(Optional.ofNullable(vo))).stream()
                .map(AdministrationRecords::user)
                .toList();
    }

    @GET
    @Path("groups")
    public List<RegistryGroup> listRegisteredGroups(@QueryParam("vo") @Nullable String vo) {
        return registry.groups(caller, vo(Optional.ofNullable(vo))).stream()
                .map(AdministrationRecords::group)
                .toList();
    }

    @POST
    @Path("users")
    public CommittedConfiguration registerUser(@NotNull @Valid AddUser request) {
        return ConfigurationRecords.committed(registry.add(
                caller,
                vo(request.vo()),
                new UserName(request.user()),
                request.subject().orElse(request.user()),
                request.email(),
                request.groups().stream().map(GroupName::new).toList(),
                request.message()));
    }

    @DELETE
    @Path("users/{user}")
    public CommittedConfiguration removeRegisteredUser(
            @PathParam("user") String user,
            @QueryParam("vo") @Nullable String vo,
            @QueryParam("message") @NotNull String message) {
        return ConfigurationRecords.committed(
                registry.remove(caller, vo(Optional.ofNullable(vo)), new UserName(user), message));
    }

    @POST
    @Path("groups/{group}/members")
    public CommittedConfiguration changeMembership(
            @PathParam("group") String group, @NotNull @Valid ChangeMembership request) {
        return ConfigurationRecords.committed(registry.setMember(
                caller,
                vo(request.vo()),
                new GroupName(group),
                new UserName(request.user()),
                request.member(),
                request.message()));
    }

    private VoName vo(Optional<String> named) {
        return AdministrationRecords.vo(caller, named);
    }
}
