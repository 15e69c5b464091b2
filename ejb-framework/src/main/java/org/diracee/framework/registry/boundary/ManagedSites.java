/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.framework.registry.boundary;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Optional;
import java.util.Set;
import org.diracee.kernel.access.Caller;
import org.diracee.kernel.access.OpenAccess;
import org.diracee.kernel.access.Property;
import org.diracee.kernel.value.SiteName;

/** Which sites a user administers: those that the group names, if it gives the property SiteManager; without a name none. */
@ApplicationScoped
public class ManagedSites {

    private static final Set<Property> VO_WIDE = Set.of(
            Property.NORMAL_USER,
            Property.JOB_ADMINISTRATOR,
            Property.JOB_MONITOR,
            Property.OPERATOR,
            Property.SERVICE_ADMINISTRATOR);

    private Registry registry;

    protected ManagedSites() {} // for the container's proxy

    @Inject
    public ManagedSites(Registry registry) {
        this.registry = registry;
    }

    @OpenAccess("asked by services about their caller")
    public Set<SiteName> of(Caller caller) {
        return caller instanceof Caller.User user && user.has(Property.SITE_MANAGER)
                ? registry.group(user.vo(), user.group())
                        .map(RegisteredGroup::sites)
                        .orElse(Set.of())
                : Set.of();
    }

    /**
     * The sites that a user is confined to, who by no other property reads of jobs and pilots; empty for everybody else, who reads of
     * those of the VO.
     */
    @OpenAccess("asked by services about their caller")
    public Optional<Set<SiteName>> confining(Caller caller) {
        return caller instanceof Caller.User user
                        && user.has(Property.SITE_MANAGER)
                        && VO_WIDE.stream().noneMatch(user::has)
                ? Optional.of(of(user))
                : Optional.empty();
    }
}
