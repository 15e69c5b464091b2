/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.framework.registry.boundary;

import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import org.diracee.kernel.access.Property;
import org.diracee.kernel.configuration.Configuration;
import org.diracee.kernel.error.DiracException;
import org.diracee.kernel.value.GroupName;
import org.diracee.kernel.value.UserName;
import org.diracee.kernel.value.VoName;

/**
 * A VO with its groups and users as one revision of the configuration declares them.
 *
 * @see "DiracX REST reference 11, Registry"
 */
record RegisteredVo(
        VoName name,
        Optional<GroupName> defaultGroup,
        Map<GroupName, RegisteredGroup> groups,
        Map<String, RegisteredUser> users,
        SupportContact support) {

    private static final double DEFAULT_JOB_SHARE = 1000;
    private static final String NO_SUPPORT = "Please contact the administrators of this installation.";

    RegisteredVo {
        groups = Collections.unmodifiableMap(new LinkedHashMap<>(groups));
        users = Collections.unmodifiableMap(new LinkedHashMap<>(users));
    }

    /**
     * Reads every VO of the registry; what cannot be used is left out, so that one slip locks nobody else out.
     *
     * @param leftOut told the path of every entry left out and why
     */
    static Map<VoName, RegisteredVo> all(Configuration configuration, BiConsumer<String, String> leftOut) {
        Map<VoName, RegisteredVo> vos = new LinkedHashMap<>();
        for (String vo : configuration.names("Registry")) {
            String path = "Registry/" + vo;
            guarded(path, leftOut, () -> {
                VoName name = new VoName(vo);
                vos.put(name, read(configuration, name, path, leftOut));
            });
        }
        return vos;
    }

    private static RegisteredVo read(
            Configuration configuration, VoName name, String path, BiConsumer<String, String> leftOut) {
        Map<String, RegisteredUser> users = new LinkedHashMap<>();
        for (String subject : configuration.names(path + "/Users")) {
            String at = path + "/Users/" + subject;
            guarded(at, leftOut, () -> users.put(subject, user(configuration, at, subject)));
        }
        Map<GroupName, RegisteredGroup> groups = new LinkedHashMap<>();
        for (String group : configuration.names(path + "/Groups")) {
            String at = path + "/Groups/" + group;
            guarded(at, leftOut, () -> {
                GroupName groupName = new GroupName(group);
                groups.put(groupName, group(configuration, at, groupName, leftOut));
            });
        }
        List<GroupName> declared = new ArrayList<>();
        configuration
                .option(path + "/DefaultGroup")
                .ifPresent(group -> guarded(path + "/DefaultGroup", leftOut, () -> declared.add(new GroupName(group))));
        return new RegisteredVo(
                name,
                declared.stream().filter(groups::containsKey).findFirst(),
                groups,
                users,
                new SupportContact(
                        configuration.option(path + "/Support/Message").orElse(NO_SUPPORT),
                        configuration.option(path + "/Support/Webpage"),
                        configuration.option(path + "/Support/Email")));
    }

    private static RegisteredUser user(Configuration configuration, String path, String subject) {
        // DIRAC's own spelling, kept by DiracX
        String username = configuration.option(path + "/PreferedUsername").orElse(subject);
        boolean suspended = !configuration.list(path + "/Suspended").isEmpty()
                && !configuration.option(path + "/Suspended").orElse("false").equalsIgnoreCase("false");
        return new RegisteredUser(subject, new UserName(username), configuration.option(path + "/Email"), suspended);
    }

    private static RegisteredGroup group(
            Configuration configuration, String path, GroupName name, BiConsumer<String, String> leftOut) {
        Set<Property> properties = EnumSet.noneOf(Property.class);
        for (String property : configuration.list(path + "/Properties")) {
            Property.ofWireName(property)
                    .ifPresentOrElse(
                            properties::add,
                            () -> leftOut.accept(path + "/Properties", "'" + property + "' is no known property"));
        }
        double share = configuration
                .option(path + "/JobShare")
                .map(text -> share(path, text, leftOut))
                .orElse(DEFAULT_JOB_SHARE);
        return new RegisteredGroup(name, properties, Set.copyOf(configuration.list(path + "/Users")), share);
    }

    private static double share(String path, String text, BiConsumer<String, String> leftOut) {
        try {
            return Double.parseDouble(text);
        } catch (NumberFormatException notANumber) {
            leftOut.accept(path + "/JobShare", "'" + text + "' is no number");
            return DEFAULT_JOB_SHARE;
        }
    }

    private static void guarded(String path, BiConsumer<String, String> leftOut, Runnable reading) {
        try {
            reading.run();
        } catch (DiracException unusable) {
            leftOut.accept(path, unusable.detail());
        }
    }
}
