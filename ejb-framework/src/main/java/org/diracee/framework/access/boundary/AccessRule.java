/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.framework.access.boundary;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.diracee.kernel.access.Caller;
import org.diracee.kernel.access.CallerKind;
import org.diracee.kernel.access.CredentialKind;
import org.diracee.kernel.access.Property;
import org.diracee.kernel.access.Requires;

/**
 * Who may call a service method: the kinds of callers that the code names, and of users those who have one of the properties, are in
 * one of the groups and in one of the VOs. Where nothing is named, nothing is asked.
 *
 * @param properties names of properties; one that is not known nobody has
 * @param unlimited whether users who show a limited proxy are kept out; the configuration cannot change that
 * @param configuredAt where the configuration says it; empty if the code does
 * @see "Framework reference 2.3"
 */
public record AccessRule(
        Set<CallerKind> callers,
        Set<String> properties,
        Set<String> groups,
        Set<String> vos,
        boolean unlimited,
        Optional<String> configuredAt) {

    static final String LIMITED = "a limited proxy may not";
    static final String GROUP = "group:";
    static final String VO = "vo:";

    /** What lets every user in that is known. */
    private static final Set<String> EVERYBODY = Set.of("any", "all", "authenticated");

    public AccessRule {
        callers = Set.copyOf(callers);
        properties = Collections.unmodifiableSet(new LinkedHashSet<>(properties));
        groups = Collections.unmodifiableSet(new LinkedHashSet<>(groups));
        vos = Collections.unmodifiableSet(new LinkedHashSet<>(vos));
    }

    static AccessRule declared(Requires rule) {
        return new AccessRule(
                EnumSet.copyOf(Arrays.asList(rule.callers())),
                Arrays.stream(rule.value())
                        .map(Property::wireName)
                        .collect(Collectors.toCollection(LinkedHashSet::new)),
                Set.of(),
                Set.of(),
                rule.unlimited(),
                Optional.empty());
    }

    /**
     * This rule with what the configuration says of users instead.
     *
     * @param tokens {@code any}, {@code all}, {@code authenticated}, properties, {@code group:<group>}, {@code vo:<vo>}
     */
    AccessRule overridden(List<String> tokens, String path) {
        Set<String> wanted = new LinkedHashSet<>();
        Set<String> inGroups = new LinkedHashSet<>();
        Set<String> inVos = new LinkedHashSet<>();
        boolean everybody = false;
        for (String token : tokens) {
            if (isEverybody(token)) {
                everybody = true;
            } else if (token.startsWith(GROUP)) {
                inGroups.add(token.substring(GROUP.length()).strip());
            } else if (token.startsWith(VO)) {
                inVos.add(token.substring(VO.length()).strip());
            } else {
                wanted.add(property(token).map(Property::wireName).orElse(token));
            }
        }
        return new AccessRule(callers, everybody ? Set.of() : wanted, inGroups, inVos, unlimited, Optional.of(path));
    }

    static boolean isEverybody(String token) {
        return EVERYBODY.contains(token.toLowerCase(Locale.ROOT));
    }

    /** Properties are compared without regard to capitals, as in DIRAC. */
    static Optional<Property> property(String token) {
        return Arrays.stream(Property.values())
                .filter(property -> property.wireName().equalsIgnoreCase(token))
                .findFirst();
    }

    /** Why the rule keeps this caller out; empty if it may pass. */
    public Optional<String> refusal(Caller caller) {
        if (!callers.contains(caller.kind())) {
            return Optional.of("a caller of kind " + caller.kind() + " may not");
        }
        if (!(caller instanceof Caller.User user)) {
            return Optional.empty();
        }
        if (unlimited && user.credential().kind() == CredentialKind.LIMITED_PROXY) {
            return Optional.of(LIMITED);
        }
        if (!vos.isEmpty() && !vos.contains(user.vo().text())) {
            return Optional.of("is for the VO " + String.join(" or ", vos));
        }
        if (!groups.isEmpty() && !groups.contains(user.group().text())) {
            return Optional.of("is for the group " + String.join(" or ", groups));
        }
        if (properties.isEmpty() || hasOne(user.properties())) {
            return Optional.empty();
        }
        return Optional.of("needs " + String.join(" or ", properties));
    }

    private boolean hasOne(Set<Property> held) {
        for (Property property : held) {
            if (properties.contains(property.wireName())) {
                return true;
            }
        }
        return false;
    }

    /** The rule in words. */
    public String text() {
        List<String> parts = new ArrayList<>();
        if (callers.contains(CallerKind.USER)) {
            String user = properties.isEmpty() ? "every user" : "users with " + String.join(" or ", properties);
            parts.add(user
                    + (groups.isEmpty() ? "" : ", in the group " + String.join(" or ", groups))
                    + (vos.isEmpty() ? "" : ", of the VO " + String.join(" or ", vos)));
        }
        callers.stream()
                .filter(kind -> kind != CallerKind.USER)
                .sorted()
                .forEach(kind -> parts.add(
                        kind == CallerKind.SYSTEM
                                ? "our own agents"
                                : kind.name().toLowerCase(Locale.ROOT) + "s"));
        return String.join("; ", parts);
    }
}
