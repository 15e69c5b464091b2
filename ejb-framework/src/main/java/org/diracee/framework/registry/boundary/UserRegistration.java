/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.framework.registry.boundary;

import static org.diracee.framework.log.boundary.FrameworkLog.LOG;

import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.diracee.framework.audit.boundary.AuditAct;
import org.diracee.framework.audit.boundary.AuditActor;
import org.diracee.framework.audit.boundary.AuditedAct;
import org.diracee.framework.audit.boundary.SecurityAudit;
import org.diracee.framework.configuration.boundary.ConfigurationEditing;
import org.diracee.framework.configuration.boundary.ConfigurationService;
import org.diracee.framework.configuration.boundary.Proposal;
import org.diracee.framework.registry.control.MembershipEdits;
import org.diracee.framework.registry.control.RegistrationEdits;
import org.diracee.kernel.access.Caller;
import org.diracee.kernel.access.CallerKind;
import org.diracee.kernel.access.Requires;
import org.diracee.kernel.configuration.Configuration;
import org.diracee.kernel.error.DiracException;
import org.diracee.kernel.error.ErrorCode;
import org.diracee.kernel.error.InvalidRequest;
import org.diracee.kernel.value.GroupName;
import org.diracee.kernel.value.VoName;
import org.jspecify.annotations.Nullable;

/** Writes new users, and the groups that they join and leave, into the registry: each is a revision of the configuration. */
@Stateless
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class UserRegistration {

    /** Others may change the same group at the same time. */
    private static final int ATTEMPTS = 10;

    private ConfigurationService configuration;
    private ConfigurationEditing editing;
    private Registry registry;
    private SecurityAudit audit;

    protected UserRegistration() {} // for the container's proxy

    @Inject
    public UserRegistration(
            ConfigurationService configuration, ConfigurationEditing editing, Registry registry, SecurityAudit audit) {
        this.configuration = configuration;
        this.editing = editing;
        this.registry = registry;
        this.audit = audit;
    }

    /**
     * Registers a person as a member of these groups of the VO, unless it is registered; tells who it is from now on.
     *
     * @param message why, for the history of the configuration
     * @throws InvalidRequest if the registry cannot hold the person's id
     */
    @Requires(callers = CallerKind.SYSTEM)
    public RegisteredUser register(Caller caller, VoName vo, NewUser person, List<GroupName> groups, String message) {
        @Nullable DiracException last = null;
        for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
            configuration.refresh();
            Optional<RegisteredUser> known = registry.user(vo, person.subject());
            if (known.isPresent()) {
                return known.get();
            }
            RegistrationEdits edits = RegistrationEdits.of(configuration.current(), vo, person, groups);
            try {
                editing.commitOurs(
                        caller,
                        new Proposal(
                                Optional.of(configuration.current().revision()),
                                message + ": " + edits.username() + ", subject " + person.subject(),
                                new Proposal.Edits(edits.edits())));
                audit.record(AuditedAct.done(
                        AuditAct.REGISTRATION,
                        AuditActor.user(vo, person.subject(), edits.username().text(), ""),
                        "user:" + edits.username(),
                        message));
                LOG.userRegistered(
                        edits.username(),
                        vo,
                        groups.stream().map(GroupName::text).collect(Collectors.joining(", ")),
                        person.subject());
            } catch (DiracException clash) {
                if (clash.code() != ErrorCode.CONFIGURATION_CONFLICT) {
                    throw clash;
                }
                last = clash;
            }
        }
        throw new IllegalStateException(
                "The registry of the VO " + vo + " does not show the user after " + ATTEMPTS + " attempts", last);
    }

    /**
     * Makes a registered person a member of those of these groups of the VO that are wanted, and of no other of them.
     *
     * @param followed the groups that somebody else decides about; memberships in all others stay
     * @param message why, for the history of the configuration
     */
    @Requires(callers = CallerKind.SYSTEM)
    public void follow(
            Caller caller,
            VoName vo,
            RegisteredUser person,
            Set<GroupName> followed,
            Collection<GroupName> wanted,
            String message) {
        @Nullable DiracException last = null;
        for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
            configuration.refresh();
            Configuration now = configuration.current();
            List<RegisteredGroup> different = registry.groups(vo).stream()
                    .filter(group -> followed.contains(group.name()))
                    .filter(group -> group.has(person.subject()) != wanted.contains(group.name()))
                    .toList();
            if (different.isEmpty()) {
                return;
            }
            List<Proposal.Edit> edits = different.stream()
                    .map(group -> MembershipEdits.of(now, vo, group.name(), person, wanted.contains(group.name())))
                    .toList();
            String what = different.stream()
                    .map(group -> (wanted.contains(group.name()) ? "joins " : "leaves ") + group.name())
                    .collect(Collectors.joining(", "));
            try {
                editing.commitOurs(
                        caller,
                        new Proposal(
                                Optional.of(now.revision()),
                                message + ": " + person.username() + " " + what,
                                new Proposal.Edits(edits)));
            } catch (DiracException clash) {
                if (clash.code() != ErrorCode.CONFIGURATION_CONFLICT) {
                    throw clash;
                }
                last = clash;
                continue;
            }
            audit.record(AuditedAct.done(
                    AuditAct.REGISTRATION,
                    AuditActor.user(vo, person.subject(), person.username().text(), ""),
                    "user:" + person.username(),
                    message + ": " + what));
            LOG.groupsFollowed(person.username(), vo, what);
            configuration.refresh();
            return;
        }
        throw new IllegalStateException(
                "The groups of a user of the VO " + vo + " could not be changed in " + ATTEMPTS + " attempts", last);
    }
}
