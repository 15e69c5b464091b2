/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.web.auth;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.Map;
import org.diracee.client.wire.UserInfo;
import org.diracee.framework.token.boundary.WhoAmI;
import org.diracee.kernel.access.Caller;
import org.diracee.kernel.access.Property;

/** Tells a user who it is. @see "DiracX REST reference 4" */
@Path("api/auth/userinfo")
@RequestScoped
@Produces(MediaType.APPLICATION_JSON)
public class UserInfoResource {

    private WhoAmI whoAmI;
    private Caller caller;

    /** RESTEasy insists on it. */
    public UserInfoResource() {}

    @Inject
    public UserInfoResource(WhoAmI whoAmI, Caller caller) {
        this.whoAmI = whoAmI;
        this.caller = caller;
    }

    @GET
    public UserInfo userInfo() {
        Caller.User user = whoAmI.user(caller);
        return new UserInfo(
                user.vo() + ":" + user.subject(),
                user.vo().text(),
                user.group().text(),
                Map.of(),
                user.properties().stream().map(Property::wireName).sorted().toList(),
                user.username().text());
    }
}
