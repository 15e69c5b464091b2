/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.framework.registry.boundary;

import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Optional;
import org.diracee.framework.administration.boundary.Oversight;
import org.diracee.framework.audit.boundary.RequestOrigin;
import org.diracee.framework.configuration.boundary.CommitOutcome;
import org.diracee.framework.configuration.boundary.ConfigurationEditing;
import org.diracee.framework.configuration.boundary.ConfigurationService;
import org.diracee.framework.configuration.boundary.Proposal;
import org.diracee.framework.configuration.boundary.VoAdministration;
import org.diracee.framework.registry.control.MembershipEdits;
import org.diracee.framework.registry.control.RegistrationEdits;
import org.diracee.kernel.access.Caller;
import org.diracee.kernel.access.Property;
import org.diracee.kernel.access.Requires;
import org.diracee.kernel.configuration.Configuration;
import org.diracee.kernel.error.Forbidden;
import org.diracee.kernel.error.InvalidRequest;
import org.diracee.kernel.value.GroupName;
import org.diracee.kernel.value.UserName;
import org.diracee.kernel.value.VoName;

/**
 * Shows who is registered in a VO, and changes it: every change is a revision of the configuration, in whichever layout the registry
 * stands, and needs the right to change that part of it.
 */
@Stateless
public class RegistryAdministration {

    private Registry registry;
    private ConfigurationService configuration;
    private ConfigurationEditing editing;

    protected RegistryAdministration() {} // for the container's proxy

    @Inject
    public RegistryAdministration(Registry registry, ConfigurationService configuration, ConfigurationEditing editing) {
        this.registry = registry;
        this.configuration = configuration;
        this.editing = editing;
    }

    /** A user with the groups that it is in. */
    public record Member(RegisteredUser user, List<GroupName> groups) {
        public Member {
            groups = List.copyOf(groups);
        }
    }

    /** A group with the names of its members. */
    public record Group(RegisteredGroup group, List<UserName> members, boolean isDefault) {
        public Group {
            members = List.copyOf(members);
        }
    }

    /**
     * The users of a VO.
     *
     * @throws Forbidden if the caller does not watch over the VO
     */
    @Requires
    public List<Member> users(Caller caller, VoName vo) {
        require(caller, vo);
        return registry.members(vo).stream()
                .map(user -> new Member(user, groupsOf(vo, user)))
                .toList();
    }

    /**
     * The groups of a VO.
     *
     * @throws Forbidden if the caller does not watch over the VO
     */
    @Requires
    public List<Group> groups(Caller caller, VoName vo) {
        require(caller, vo);
        return registry.groups(vo).stream()
                .map(group -> new Group(
                        group,
                        registry.users(vo, group.name()).stream()
                                .map(RegisteredUser::username)
                                .toList(),
                        registry.defaultGroup(vo).filter(group.name()::equals).isPresent()))
                .toList();
    }

    /**
     * Registers a user.
     *
     * @throws InvalidRequest if the name or the subject is taken, or a group is not there
     * @throws Forbidden if the caller may not change this part of the configuration
     */
    @Requires
    public CommitOutcome add(
            Caller caller,
            VoName vo,
            UserName name,
            String subject,
            Optional<String> email,
            List<GroupName> groups,
            String message) {
        requireEditor(caller, vo);
        requireVo(vo);
        if (registry.user(vo, subject).isPresent() || registry.user(vo, name).isPresent()) {
            throw new InvalidRequest("The VO " + vo + " has a user of the name " + name + " or the subject already");
        }
        groups.forEach(group -> group(vo, group));
        Configuration now = configuration.current();
        RegistrationEdits edits =
                RegistrationEdits.of(now, vo, new NewUser(subject, Optional.of(name.text()), email), groups);
        if (!edits.username().equals(name)) {
            throw new InvalidRequest(
                    "The name " + name + " is taken in the registry; " + edits.username() + " is free");
        }
        return commit(caller, now, message, edits.edits());
    }

    /**
     * Puts a user into a group, or takes it out.
     *
     * @throws InvalidRequest if there is no such user or group, several users have the name, or the group cannot hold the user
     * @throws Forbidden if the caller may not change this part of the configuration
     */
    @Requires
    public CommitOutcome setMember(
            Caller caller, VoName vo, GroupName group, UserName name, boolean isMember, String message) {
        requireEditor(caller, vo);
        requireVo(vo);
        RegisteredGroup known = group(vo, group);
        RegisteredUser user = user(vo, name);
        Configuration now = configuration.current();
        return commit(caller, now, message, List.of(MembershipEdits.of(now, vo, known.name(), user, isMember)));
    }

    /**
     * Takes a user out of the VO and all its groups. The sessions cannot be prolonged any more.
     *
     * @throws InvalidRequest if there is no such user, or several have the name
     * @throws Forbidden if the caller may not change this part of the configuration
     */
    @Requires
    public CommitOutcome remove(Caller caller, VoName vo, UserName name, String message) {
        requireEditor(caller, vo);
        requireVo(vo);
        RegisteredUser user = user(vo, name);
        Configuration now = configuration.current();
        return commit(caller, now, message, MembershipEdits.removal(now, vo, user, groupsOf(vo, user)));
    }

    private List<GroupName> groupsOf(VoName vo, RegisteredUser user) {
        return registry.groups(vo).stream()
                .filter(group -> group.has(user.subject()))
                .map(RegisteredGroup::name)
                .toList();
    }

    private RegisteredUser user(VoName vo, UserName name) {
        List<RegisteredUser> named = registry.members(vo).stream()
                .filter(user -> user.username().equals(name))
                .toList();
        if (named.isEmpty()) {
            throw new InvalidRequest("user: there is no user " + name + " in the VO " + vo);
        }
        if (named.size() > 1) {
            throw new InvalidRequest("user: which one is meant is not clear: " + name + " is the name of "
                    + String.join(
                            " and ", named.stream().map(RegisteredUser::subject).toList()) + " in the VO " + vo
                    + "; change the name of one in the configuration first");
        }
        return named.get(0);
    }

    private CommitOutcome commit(Caller caller, Configuration base, String message, List<Proposal.Edit> edits) {
        return editing.commit(
                caller,
                new Proposal(Optional.of(base.revision()), message, new Proposal.Edits(edits)),
                RequestOrigin.current().address(),
                Optional.empty());
    }

    private RegisteredGroup group(VoName vo, GroupName group) {
        return registry.group(vo, group)
                .orElseThrow(() -> new InvalidRequest("group: there is no group " + group + " in the VO " + vo));
    }

    private void require(Caller caller, VoName vo) {
        if (!Oversight.of(caller, configuration.current()).covers(vo)) {
            throw new Forbidden("You see the registry of your own VO only");
        }
        requireVo(vo);
    }

    /** Before anything is looked up: what is taken, or not there, tells who is registered. */
    private void requireEditor(Caller caller, VoName vo) {
        boolean may = caller instanceof Caller.User user
                && (user.has(Property.CS_ADMINISTRATOR)
                        || user.vo().equals(vo) && VoAdministration.administersVo(user, configuration.current()));
        if (!may) {
            throw new Forbidden("Changing the registry of the VO needs the property CSAdministrator, or being named in"
                    + " VOAdmin or VOAdminGroup of that VO");
        }
    }

    private void requireVo(VoName vo) {
        if (!registry.knows(vo)) {
            throw new InvalidRequest("vo: there is no VO " + vo);
        }
    }
}
