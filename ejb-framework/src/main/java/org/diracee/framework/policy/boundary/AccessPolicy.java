/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.framework.policy.boundary;

import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.diracee.framework.access.boundary.AccessRule;
import org.diracee.framework.access.boundary.AccessRules;
import org.diracee.framework.access.boundary.Operation;
import org.diracee.framework.access.boundary.Operations;
import org.diracee.framework.administration.boundary.Oversight;
import org.diracee.framework.configuration.boundary.ConfigurationService;
import org.diracee.framework.configuration.boundary.NearestName;
import org.diracee.framework.registry.boundary.RegisteredGroup;
import org.diracee.framework.registry.boundary.RegisteredUser;
import org.diracee.framework.registry.boundary.Registry;
import org.diracee.framework.suspension.boundary.Suspended;
import org.diracee.framework.suspension.boundary.SuspensionList;
import org.diracee.kernel.access.Caller;
import org.diracee.kernel.access.Requires;
import org.diracee.kernel.error.Forbidden;
import org.diracee.kernel.error.InvalidRequest;
import org.diracee.kernel.value.GroupName;
import org.diracee.kernel.value.UserName;
import org.diracee.kernel.value.VoName;

/** Tells who may do what, and why: everyone about oneself, those who watch over a VO about its members. */
@Stateless
public class AccessPolicy {

    private Operations operations;
    private AccessRules rules;
    private Registry registry;
    private SuspensionList suspensions;
    private ConfigurationService configuration;

    protected AccessPolicy() {} // for the container's proxy

    @Inject
    public AccessPolicy(
            Operations operations,
            AccessRules rules,
            Registry registry,
            SuspensionList suspensions,
            ConfigurationService configuration) {
        this.operations = operations;
        this.rules = rules;
        this.registry = registry;
        this.suspensions = suspensions;
        this.configuration = configuration;
    }

    /** All operations with the rules in force. */
    @Requires
    public Map<Operation, AccessRule> operations(Caller caller) {
        return operations.all().stream()
                .collect(Collectors.toMap(Function.identity(), rules::of, (one, other) -> one, LinkedHashMap::new));
    }

    /**
     * Whether a user may call an operation.
     *
     * @param operation {@code Service.method}
     * @param username oneself unless given
     * @param vo one's own unless given
     * @param group all groups of the user unless given; of oneself the one that one acts in
     * @throws InvalidRequest if there is no such operation, group or user
     * @throws Forbidden if it is about another whom the caller does not watch over
     */
    @Requires
    public PolicyAnswer explain(
            Caller caller,
            String operation,
            Optional<UserName> username,
            Optional<VoName> vo,
            Optional<GroupName> group) {
        Operation asked = operation(operation);
        AccessRule rule = rules.of(asked);
        Caller.User user = (Caller.User) caller;
        VoName inVo = vo.orElse(user.vo());
        boolean isOwn = inVo.equals(user.vo())
                && username.filter(name -> !name.equals(user.username())).isEmpty();
        if (!isOwn && !Oversight.of(caller, configuration.current()).covers(inVo)) {
            throw new Forbidden("You can ask about the members of the VO " + user.vo() + " only");
        }
        if (isOwn && username.isEmpty() && group.isEmpty()) {
            return own(asked, rule, user);
        }
        return other(asked, rule, inVo, username.orElse(user.username()), group);
    }

    private PolicyAnswer own(Operation operation, AccessRule rule, Caller.User user) {
        Optional<String> refusal = rule.refusal(user);
        return new PolicyAnswer(
                operation,
                rule,
                user.username().text(),
                user.vo().text(),
                List.of(user.group().text()),
                refusal.isEmpty(),
                refusal.stream().map(why -> user.group() + ": " + why).toList(),
                allowing(rule, user.vo()));
    }

    private PolicyAnswer other(
            Operation operation, AccessRule rule, VoName vo, UserName username, Optional<GroupName> group) {
        RegisteredUser user = registry.user(vo, username)
                .orElseThrow(() -> new InvalidRequest("user: there is no user " + username + " in the VO " + vo));
        List<String> reasons = new ArrayList<>();
        if (user.suspended()) {
            reasons.add("the registry of the VO suspends the user");
        }
        try {
            suspensions.requireUser(vo, user.subject(), username);
        } catch (Suspended suspended) {
            reasons.add(suspended.detail());
        }
        boolean isOut = !reasons.isEmpty();
        List<RegisteredGroup> groups = asked(vo, user, group);
        if (groups.isEmpty()) {
            reasons.add("the user is in no group");
        }
        boolean passes = false;
        for (RegisteredGroup candidate : groups) {
            Optional<String> refusal = candidate.has(user.subject())
                    ? rule.refusal(
                            new Caller.User(user.subject(), username, candidate.name(), vo, candidate.properties()))
                    : Optional.of("the user is not in this group");
            refusal.ifPresent(why -> reasons.add(candidate.name() + ": " + why));
            passes |= refusal.isEmpty();
        }
        return new PolicyAnswer(
                operation,
                rule,
                username.text(),
                vo.text(),
                groups.stream().map(found -> found.name().text()).toList(),
                passes && !isOut,
                reasons,
                allowing(rule, vo));
    }

    private List<RegisteredGroup> asked(VoName vo, RegisteredUser user, Optional<GroupName> group) {
        if (group.isPresent()) {
            return List.of(registry.group(vo, group.get())
                    .orElseThrow(
                            () -> new InvalidRequest("group: there is no group " + group.get() + " in the VO " + vo)));
        }
        return registry.groups(vo).stream()
                .filter(candidate -> candidate.has(user.subject()))
                .toList();
    }

    private List<String> allowing(AccessRule rule, VoName vo) {
        return registry.groups(vo).stream()
                .filter(group -> rule.refusal(
                                new Caller.User("", new UserName("somebody"), group.name(), vo, group.properties()))
                        .isEmpty())
                .map(group -> group.name().text())
                .toList();
    }

    private Operation operation(String name) {
        return operations.find(name).orElseThrow(() -> {
            List<String> names = operations.all().stream().map(Operation::name).toList();
            return new InvalidRequest("operation: there is no '" + name + "'."
                    + NearestName.to(name, names)
                            .map(near -> " Is " + near + " meant?")
                            .orElse(" Without this parameter all are listed."));
        });
    }
}
