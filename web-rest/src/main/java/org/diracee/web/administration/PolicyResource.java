/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.web.administration;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.Optional;
import org.diracee.client.wire.PolicyExplanation;
import org.diracee.framework.policy.boundary.AccessPolicy;
import org.diracee.kernel.access.Caller;
import org.diracee.kernel.value.GroupName;
import org.diracee.kernel.value.UserName;
import org.diracee.kernel.value.VoName;
import org.jspecify.annotations.Nullable;

/** Tells who may do what, and why. */
@Path("api/auth/policy")
@RequestScoped
@Produces(MediaType.APPLICATION_JSON)
public class PolicyResource {

    private AccessPolicy policy;
    private Caller caller;

    public PolicyResource() {} // RESTEasy insists on a public one

    @Inject
    public PolicyResource(AccessPolicy policy, Caller caller) {
        this.policy = policy;
        this.caller = caller;
    }

    @GET
    public List<PolicyExplanation> explainPolicy(
            @QueryParam("operation") @Nullable String operation,
            @QueryParam("user") @Nullable String user,
            @QueryParam("vo") @Nullable String vo,
            @QueryParam("group") @Nullable String group) {
        if (operation == null) {
            return policy.operations(caller).entrySet().stream()
                    .map(entry -> AdministrationRecords.policy(entry.getKey(), entry.getValue()))
                    .toList();
        }
        return List.of(AdministrationRecords.policy(policy.explain(
                caller,
                operation,
                Optional.ofNullable(user).map(UserName::new),
                Optional.ofNullable(vo).map(VoName::new),
                Optional.ofNullable(group).map(GroupName::new))));
    }
}
