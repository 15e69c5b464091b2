/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.framework.registry.boundary;

import java.util.Set;
import org.diracee.kernel.access.Property;
import org.diracee.kernel.value.GroupName;
import org.diracee.kernel.value.SiteName;

/**
 * A group of a VO: the properties that its members act with.
 *
 * @param subjects the members, by the identity provider's stable id
 * @param jobShare weight of the group's jobs against those of other groups
 * @param allowsBackgroundQueues whether queues of its least important jobs wait for everything else of it
 * @param sites those that its members administer if it has the property SiteManager
 */
public record RegisteredGroup(
        GroupName name,
        Set<Property> properties,
        Set<String> subjects,
        double jobShare,
        boolean allowsBackgroundQueues,
        Set<SiteName> sites) {

    public RegisteredGroup {
        properties = Set.copyOf(properties);
        subjects = Set.copyOf(subjects);
        sites = Set.copyOf(sites);
    }

    public boolean has(String subject) {
        return subjects.contains(subject);
    }
}
