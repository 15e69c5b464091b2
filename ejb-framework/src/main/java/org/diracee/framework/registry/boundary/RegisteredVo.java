/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.framework.registry.boundary;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.diracee.kernel.value.GroupName;
import org.diracee.kernel.value.VoName;

/**
 * A VO with its groups and users as one revision of the configuration declares them.
 *
 * @param users by subject
 */
public record RegisteredVo(
        VoName name,
        Optional<GroupName> defaultGroup,
        Map<GroupName, RegisteredGroup> groups,
        Map<String, RegisteredUser> users,
        SupportContact support) {

    public RegisteredVo {
        groups = Collections.unmodifiableMap(new LinkedHashMap<>(groups));
        users = Collections.unmodifiableMap(new LinkedHashMap<>(users));
    }

    /** This VO with what another layout says of it besides; where both speak, this one counts. */
    public RegisteredVo over(RegisteredVo other) {
        Map<GroupName, RegisteredGroup> allGroups = new LinkedHashMap<>(groups);
        other.groups.forEach(allGroups::putIfAbsent);
        Map<String, RegisteredUser> allUsers = new LinkedHashMap<>(users);
        other.users.forEach(allUsers::putIfAbsent);
        return new RegisteredVo(name, defaultGroup.or(other::defaultGroup), allGroups, allUsers, support);
    }
}
