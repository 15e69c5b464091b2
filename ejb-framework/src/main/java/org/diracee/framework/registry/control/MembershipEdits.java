/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.framework.registry.control;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.diracee.framework.configuration.boundary.Proposal.Action;
import org.diracee.framework.configuration.boundary.Proposal.Edit;
import org.diracee.framework.registry.boundary.RegisteredUser;
import org.diracee.kernel.configuration.Configuration;
import org.diracee.kernel.error.InvalidRequest;
import org.diracee.kernel.value.GroupName;
import org.diracee.kernel.value.VoName;

/** What has to change in the configuration so that a user joins or leaves a group, in whichever layout the group stands. */
public final class MembershipEdits {

    private MembershipEdits() {}

    /** @throws InvalidRequest if the group stands in the classic layout and the user does not, or is not the only one there */
    public static Edit of(
            Configuration configuration, VoName vo, GroupName group, RegisteredUser user, boolean isMember) {
        boolean isByVo = configuration.hasSection("Registry/" + vo + "/Groups/" + group);
        String path = isByVo
                ? RegistryOptions.MEMBERS.path().at(vo.text(), group.text())
                : RegistryOptions.CLASSIC_MEMBERS.path().at(group.text());
        String member = isByVo
                ? user.subject()
                : classicName(configuration, vo, user)
                        .orElseThrow(() -> new InvalidRequest("group: " + group + " stands in /Registry/Groups, whose"
                                + " members are those of /Registry/Users; " + user.username() + " stands in /Registry/"
                                + vo + "/Users, and can be in groups of /Registry/" + vo + "/Groups"));
        Set<String> members = new LinkedHashSet<>(configuration.list(path));
        if (isMember) {
            members.add(member);
        } else {
            members.remove(member);
        }
        return new Edit(Action.SET, path, String.join(", ", members));
    }

    /**
     * What has to change so that the user is none of the VO any more. A user of the classic layout who is in groups of other VOs, too,
     * stays registered.
     *
     * @param groups those of the VO that the user is in
     * @throws InvalidRequest if it is not clear which user of the classic layout is meant
     */
    public static List<Edit> removal(
            Configuration configuration, VoName vo, RegisteredUser user, List<GroupName> groups) {
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
        if (configuration.hasSection(own)) {
            edits.add(new Edit(Action.REMOVE, own, ""));
        }
        classicName(configuration, vo, user)
                .filter(name -> !classic(configuration).isOfOthers(name, vo))
                .ifPresent(name -> edits.add(new Edit(Action.REMOVE, "Registry/Users/" + name, "")));
        return edits;
    }

    /** What the user of the VO is called in the classic layout; a name there may be that of somebody of another VO. */
    private static Optional<String> classicName(Configuration configuration, VoName vo, RegisteredUser user) {
        List<String> names = classic(configuration).names(vo, user.subject());
        if (names.size() > 1) {
            throw new InvalidRequest("user: which one is meant is not clear: " + String.join(" and ", names)
                    + " of /Registry/Users have the same subject " + user.subject() + "; give each an ID of its own");
        }
        return names.stream().findFirst();
    }

    private static ClassicLayout classic(Configuration configuration) {
        return new ClassicLayout(new TolerantReading(configuration, (path, why) -> {}));
    }
}
