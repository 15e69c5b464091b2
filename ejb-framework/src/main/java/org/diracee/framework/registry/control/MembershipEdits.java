/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.framework.registry.control;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
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

    /**
     * What has to change so that the user is none of the VO any more.
     *
     * @param groups those of the VO that the user is in
     * @param isOfOthers whether a user of the classic layout is a member of other VOs, too, and so stays registered
     */
    public static List<Edit> removal(
            Configuration configuration, VoName vo, RegisteredUser user, List<GroupName> groups, boolean isOfOthers) {
        List<Edit> edits = new ArrayList<>();
        groups.forEach(group -> edits.add(of(configuration, vo, group, user, false)));
        for (String section : List.of("Registry/" + vo, "Registry/VO/" + vo)) {
            String path = section + "/VOAdmin";
            Set<String> administrators = new LinkedHashSet<>(configuration.list(path));
            if (administrators.remove(user.username().text())) { // or the next of this name would be one
                edits.add(new Edit(Action.SET, path, String.join(", ", administrators)));
            }
        }
        String own = "Registry/" + vo + "/Users/" + user.subject();
        String classic = "Registry/Users/" + user.username();
        if (configuration.hasSection(own)) {
            edits.add(new Edit(Action.REMOVE, own, ""));
        }
        if (!isOfOthers && configuration.hasSection(classic)) {
            edits.add(new Edit(Action.REMOVE, classic, ""));
        }
        return edits;
    }
}
