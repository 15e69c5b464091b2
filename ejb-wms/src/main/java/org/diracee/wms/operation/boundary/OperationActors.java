/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.operation.boundary;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.diracee.framework.registry.boundary.RegisteredUser;
import org.diracee.framework.registry.boundary.Registry;
import org.diracee.framework.suspension.boundary.Suspended;
import org.diracee.framework.suspension.boundary.SuspensionList;
import org.diracee.kernel.access.Caller;
import org.diracee.kernel.access.OpenAccess;
import org.diracee.kernel.access.Property;
import org.diracee.kernel.error.Forbidden;
import org.diracee.kernel.value.GroupName;
import org.diracee.kernel.value.VoName;

/** As whom an operation acts while nobody calls: its owner, with the rights with which it was begun. */
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
     * @param properties by their names, with which it was begun
     * @throws Suspended if he is suspended
     * @throws Forbidden if he belongs to the VO or the group no more, or a property was taken from him since
     */
    @OpenAccess("asked by the server itself")
    public Caller.User acting(String voName, String subject, String groupName, List<String> properties) {
        VoName vo = new VoName(voName);
        GroupName group = new GroupName(groupName);
        RegisteredUser user = registry.user(vo, subject)
                .filter(registered -> !registered.suspended())
                .orElseThrow(() -> new Forbidden("Its owner is no active user of the VO " + vo + " any more"));
        if (registry.group(vo, group)
                .filter(registered -> registered.has(subject))
                .isEmpty()) {
            throw new Forbidden("Its owner is no member of the group " + group + " any more");
        }
        Set<Property> rights = properties.stream()
                .map(name -> held(vo, subject, name))
                .collect(Collectors.toCollection(() -> EnumSet.noneOf(Property.class)));
        Caller.User actor = new Caller.User(subject, user.username(), group, vo, rights);
        suspensions.require(actor);
        return actor;
    }

    /** What was added at the log-in may come from any of his groups. */
    private Property held(VoName vo, String subject, String name) {
        return Property.ofWireName(name)
                .filter(property -> registry.groups(vo).stream()
                        .anyMatch(group ->
                                group.has(subject) && group.properties().contains(property)))
                .orElseThrow(() -> new Forbidden("Its owner has the property " + name + " no more"));
    }
}
