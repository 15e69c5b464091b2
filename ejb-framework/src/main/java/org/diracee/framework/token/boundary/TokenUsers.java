/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.framework.token.boundary;

import static org.diracee.framework.log.boundary.FrameworkLog.LOG;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.diracee.framework.client.boundary.RegisteredClient;
import org.diracee.framework.registry.boundary.RegisteredGroup;
import org.diracee.framework.registry.boundary.RegisteredUser;
import org.diracee.framework.registry.boundary.Registry;
import org.diracee.framework.suspension.boundary.SuspensionList;
import org.diracee.framework.token.entity.RefreshToken;
import org.diracee.kernel.access.Caller;
import org.diracee.kernel.access.Credential;
import org.diracee.kernel.access.CredentialKind;
import org.diracee.kernel.access.OpenAccess;
import org.diracee.kernel.access.Property;
import org.diracee.kernel.error.Forbidden;
import org.diracee.kernel.value.VoName;

/** The users that tokens are for, as the registry has them at the moment, and what they may get. */
@ApplicationScoped
public class TokenUsers {

    private static final String INTERNAL = "tells whom tokens may be for; who asks has authenticated them";

    private Registry registry;
    private SuspensionList suspensions;

    protected TokenUsers() {} // for the container's proxy

    @Inject
    public TokenUsers(Registry registry, SuspensionList suspensions) {
        this.registry = registry;
        this.suspensions = suspensions;
    }

    /** @throws Forbidden unless the user is registered and not suspended */
    @OpenAccess(INTERNAL)
    public void requireActive(VoName vo, String subject) {
        suspensions.requireUser(vo, subject, registered(vo, subject).username());
    }

    /**
     * The user as the registry has him now, with what the scope gives.
     *
     * @throws Forbidden unless the user is registered, in the group, and has the properties asked for in some group
     * @throws org.diracee.framework.suspension.boundary.Suspended if the user is suspended, or the VO
     */
    @OpenAccess(INTERNAL)
    public Caller.User user(String subject, Scope scope) {
        RegisteredUser registered = registered(scope.vo(), subject);
        boolean member = registry.group(scope.vo(), scope.group())
                .filter(group -> group.has(subject))
                .isPresent();
        if (!member) {
            throw new Forbidden("You are not a member of the group " + scope.group() + " of the VO " + scope.vo());
        }
        for (Property property : scope.extra()) {
            boolean held = registry.groups(scope.vo()).stream()
                    .filter(group -> group.has(subject))
                    .map(RegisteredGroup::properties)
                    .anyMatch(properties -> properties.contains(property));
            if (!held) {
                throw new Forbidden(
                        "None of your groups in the VO " + scope.vo() + " gives the property " + property.wireName());
            }
        }
        suspensions.requireUser(scope.vo(), subject, registered.username());
        Set<Property> properties = scope.properties(registry);
        return new Caller.User(subject, registered.username(), scope.group(), scope.vo(), properties);
    }

    private RegisteredUser registered(VoName vo, String subject) {
        return registry.user(vo, subject)
                .filter(user -> !user.suspended())
                .orElseThrow(() -> new Forbidden(
                        "You are not registered in the VO " + vo + ", or the VO has suspended your registration"));
    }

    /** The user of a session. */
    @OpenAccess(INTERNAL)
    public Caller.User registered(RefreshToken session) {
        return user(session.subject(), Scope.parse(session.scope(), registry));
    }

    /** Whose session it is, with the client that acts in it if one does. */
    @OpenAccess(INTERNAL)
    public Caller.User owner(RefreshToken session) {
        Caller.User user = registered(session);
        return session.acting() ? by(session.client().orElseThrow(), user, user.properties()) : user;
    }

    /** The user of the token as the registry has it now, with what the token says at most. */
    @OpenAccess(INTERNAL)
    public Caller.User acting(Caller.User given, RegisteredClient client) {
        Caller.User now = user(given.subject(), scope(given));
        Set<Property> both = EnumSet.noneOf(Property.class);
        both.addAll(now.properties());
        both.retainAll(given.properties());
        LOG.clientActs(client.id(), now.username(), now.vo(), now.group().text());
        return by(client.id(), now, both);
    }

    /** The user with a client that acts for him. */
    static Caller.User by(String client, Caller.User user, Set<Property> properties) {
        return new Caller.User(
                user.subject(),
                user.username(),
                user.group(),
                user.vo(),
                properties,
                new Credential(CredentialKind.NONE, "", Optional.of(client)));
    }

    /** The scope that gives what the user has. */
    @OpenAccess(INTERNAL)
    public Scope scope(Caller.User user) {
        Set<Property> extra = EnumSet.noneOf(Property.class);
        extra.addAll(user.properties());
        extra.removeAll(registry.properties(user.vo(), user.group()));
        return new Scope(user.vo(), user.group(), extra);
    }
}
