/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.framework.token.boundary;

import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.diracee.framework.registry.boundary.RegisteredGroup;
import org.diracee.framework.registry.boundary.Registry;
import org.diracee.kernel.access.Property;
import org.diracee.kernel.error.ErrorCode;
import org.diracee.kernel.error.InvalidRequest;
import org.diracee.kernel.value.GroupName;
import org.diracee.kernel.value.InvalidValue;
import org.diracee.kernel.value.VoName;

/**
 * What a log-in asks for: to act in one group of one VO.
 *
 * @param extra properties asked for beyond those of the group
 * @see "DiracX REST reference 3"
 */
public record Scope(VoName vo, GroupName group, Set<Property> extra) {

    private static final String VO = "vo:";
    private static final String GROUP = "group:";
    private static final String PROPERTY = "property:";

    public Scope {
        extra = extra.isEmpty() ? Set.of() : Collections.unmodifiableSet(EnumSet.copyOf(extra));
    }

    /**
     * Reads words separated by blanks: one {@code vo:}, at most one {@code group:}, any number of {@code property:}.
     *
     * @throws InvalidRequest if the text breaks these rules or names a VO, group or property that is not known
     */
    public static Scope parse(String text, Registry registry) {
        return parse(text, registry, registry::defaultGroup);
    }

    /**
     * The same, where another group than the VO's default one may be meant by a text that names none.
     *
     * @throws InvalidRequest if the text breaks these rules or names a VO, group or property that is not known
     */
    public static Scope parse(String text, Registry registry, Function<VoName, Optional<GroupName>> unnamed) {
        List<String> vos = new ArrayList<>();
        List<String> groups = new ArrayList<>();
        Set<Property> properties = EnumSet.noneOf(Property.class);
        for (String word : text.strip().split("\\s+", -1)) {
            if (word.startsWith(VO)) {
                vos.add(word.substring(VO.length()));
            } else if (word.startsWith(GROUP)) {
                groups.add(word.substring(GROUP.length()));
            } else if (word.startsWith(PROPERTY)) {
                properties.add(property(word.substring(PROPERTY.length())));
            } else if (!word.isEmpty()) {
                throw invalid("'" + shortened(word) + "' is not understood: allowed are vo:, group: and property:");
            }
        }
        VoName vo = vo(vos, registry);
        return new Scope(vo, group(vo, groups, registry, unnamed), properties);
    }

    /** The scope in its normal form, which {@link #parse} reads again. */
    public String text() {
        return VO + vo + " " + GROUP + group
                + extra.stream()
                        .map(property -> " " + PROPERTY + property.wireName())
                        .collect(Collectors.joining());
    }

    /** The properties of the group and those asked for beyond. */
    public Set<Property> properties(Registry registry) {
        Set<Property> properties = EnumSet.noneOf(Property.class);
        properties.addAll(registry.properties(vo, group));
        properties.addAll(extra);
        return Collections.unmodifiableSet(properties);
    }

    private static VoName vo(List<String> vos, Registry registry) {
        String possible = registry.vos().stream().map(VoName::text).collect(Collectors.joining(", "));
        if (vos.isEmpty()) {
            throw invalid("no vo: is named: possible are " + possible);
        }
        if (vos.size() > 1) {
            throw invalid("only one vo: is allowed, " + vos.size() + " are named");
        }
        String name = vos.get(0);
        return registry.vos().stream()
                .filter(vo -> vo.text().equals(name))
                .findFirst()
                .orElseThrow(() -> invalid("there is no VO '" + shortened(name) + "': possible are " + possible));
    }

    private static GroupName group(
            VoName vo, List<String> groups, Registry registry, Function<VoName, Optional<GroupName>> unnamed) {
        if (groups.size() > 1) {
            throw invalid("only one group: is allowed, " + groups.size() + " are named");
        }
        if (groups.isEmpty()) {
            return unnamed.apply(vo)
                    .orElseThrow(() -> invalid("no group: is named and the VO " + vo
                            + " has no default group: possible are " + groups(vo, registry)));
        }
        try {
            GroupName group = new GroupName(groups.get(0));
            if (registry.group(vo, group).isPresent()) {
                return group;
            }
        } catch (InvalidValue noName) {
            // no name of a group is the name of no group
        }
        throw invalid("there is no group '" + shortened(groups.get(0)) + "' in the VO " + vo + ": possible are "
                + groups(vo, registry));
    }

    private static String groups(VoName vo, Registry registry) {
        return registry.groups(vo).stream()
                .map(RegisteredGroup::name)
                .map(GroupName::text)
                .collect(Collectors.joining(", "));
    }

    private static Property property(String name) {
        return Property.ofWireName(name).orElseThrow(() -> invalid("'" + shortened(name) + "' is no known property"));
    }

    private static InvalidRequest invalid(String reason) {
        return new InvalidRequest(ErrorCode.INVALID_SCOPE, "Invalid scope: " + reason);
    }

    private static String shortened(String text) {
        return text.length() <= 80 ? text : text.substring(0, 80) + "…";
    }
}
