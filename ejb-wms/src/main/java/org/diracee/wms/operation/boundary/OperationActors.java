/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.operation.boundary;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Set;
import org.diracee.framework.registry.boundary.RegisteredGroup;
import org.diracee.framework.registry.boundary.RegisteredUser;
import org.diracee.framework.registry.boundary.Registry;
import org.diracee.framework.suspension.boundary.Suspended;
import org.diracee.framework.suspension.boundary.SuspensionList;
import org.diracee.kernel.access.Caller;
import org.diracee.kernel.access.OpenAccess;
import org.diracee.kernel.error.Forbidden;
import org.diracee.kernel.value.GroupName;
import org.diracee.kernel.value.VoName;

/** As whom an operation acts while nobody calls: its owner, with the rights that the group gives at this moment. */
@ApplicationScoped
public class OperationActors {

    private Registry registry;
    private SuspensionList suspensions;

    protected OperationActors() {} // for the container's proxy

    @Inject
    public OperationActors(Registry registry, SuspensionList suspensions) {
        this.registry = registry;
        this.suspensions = suspensions;
    }

    /**
     * The owner of an operation.
     *
     * @throws Suspended if he is suspended
     * @throws Forbidden if he belongs to the VO or the group no more
     */
    @OpenAccess("asked by the server itself")
    public Caller.User acting(String voName, String subject, String groupName) {
        VoName vo = new VoName(voName);
        GroupName group = new GroupName(groupName);
        RegisteredUser user = registry.user(vo, subject)
                .filter(registered -> !registered.suspended())
                .orElseThrow(() -> new Forbidden("Its owner is no active user of the VO " + vo + " any more"));
        Set<org.diracee.kernel.access.Property> rights = registry.group(vo, group)
                .filter(registered -> registered.has(subject))
                .map(RegisteredGroup::properties)
                .orElseThrow(() -> new Forbidden("Its owner is no member of the group " + group + " any more"));
        Caller.User actor = new Caller.User(subject, user.username(), group, vo, rights);
        suspensions.require(actor);
        return actor;
    }
}
