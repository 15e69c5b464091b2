/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.framework.registry.control;

import java.util.LinkedHashSet;
import java.util.Set;
import org.diracee.framework.configuration.boundary.Proposal.Action;
import org.diracee.framework.configuration.boundary.Proposal.Edit;
import org.diracee.framework.registry.boundary.RegisteredUser;
import org.diracee.kernel.configuration.Configuration;
import org.diracee.kernel.value.GroupName;
import org.diracee.kernel.value.VoName;

/** What has to change in the configuration so that a user joins or leaves a group, in whichever layout the group stands. */
public final class MembershipEdits {

    private MembershipEdits() {}

    public static Edit of(
            Configuration configuration, VoName vo, GroupName group, RegisteredUser user, boolean isMember) {
        boolean isByVo = configuration.hasSection("Registry/" + vo + "/Groups/" + group);
        String path = isByVo
                ? RegistryOptions.MEMBERS.path().at(vo.text(), group.text())
                : RegistryOptions.CLASSIC_MEMBERS.path().at(group.text());
        String member = isByVo ? user.subject() : user.username().text();
        Set<String> members = new LinkedHashSet<>(configuration.list(path));
        if (isMember) {
            members.add(member);
        } else {
            members.remove(member);
        }
        return new Edit(Action.SET, path, String.join(", ", members));
    }
}
