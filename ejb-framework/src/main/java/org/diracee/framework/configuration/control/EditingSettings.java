/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.framework.configuration.control;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.stream.Stream;
import org.diracee.framework.configuration.boundary.DeclaredOptions;
import org.diracee.kernel.access.Caller;
import org.diracee.kernel.access.Property;
import org.diracee.kernel.configuration.Configuration;
import org.diracee.kernel.configuration.DeclaredOption;
import org.diracee.kernel.configuration.OptionType;

/** Whom a VO trusts with its part of the configuration, in both layouts of the registry. */
@ApplicationScoped
public class EditingSettings implements DeclaredOptions {

    private static final String SOURCE = "Framework reference 1.5";
    private static final List<DeclaredOption<List<String>>> ADMINISTRATORS = Stream.of("{vo}", "VO/{vo}")
            .map(vo -> DeclaredOption.of(
                    "Registry/" + vo + "/VOAdmin",
                    OptionType.texts(),
                    "",
                    "The users who may change the VO's part of the configuration, by name.",
                    SOURCE))
            .toList();
    private static final List<DeclaredOption<List<String>>> ADMINISTRATING_GROUPS = Stream.of("{vo}", "VO/{vo}")
            .map(vo -> DeclaredOption.of(
                    "Registry/" + vo + "/VOAdminGroup",
                    OptionType.texts(),
                    "",
                    "The groups whose members may change the VO's part of the configuration.",
                    SOURCE))
            .toList();

    @Override
    public List<DeclaredOption<?>> options() {
        return Stream.concat(ADMINISTRATORS.stream(), ADMINISTRATING_GROUPS.stream())
                .<DeclaredOption<?>>map(option -> option)
                .toList();
    }

    /** Whether the user, in the group it acts in, administers its VO. */
    public static boolean administersVo(Caller.User user, Configuration configuration) {
        String vo = user.vo().text();
        return administrators(vo, configuration).anyMatch(user.username().text()::equals)
                || administratingGroups(vo, configuration).anyMatch(user.group().text()::equals);
    }

    /** The names of the users that administer the VO. */
    static Stream<String> administrators(String vo, Configuration configuration) {
        return names(ADMINISTRATORS, vo, configuration);
    }

    /** The groups whose members administer the VO. */
    static Stream<String> administratingGroups(String vo, Configuration configuration) {
        return names(ADMINISTRATING_GROUPS, vo, configuration);
    }

    /** Whether any group, in either layout of the registry, gives somebody the right to change everything. */
    static boolean hasAdministrator(Configuration configuration) {
        return Stream.concat(
                        Stream.of("Registry"),
                        configuration.names("Registry").stream().map("Registry/"::concat))
                .map(section -> section + "/Groups")
                .flatMap(groups -> configuration.names(groups).stream().map(group -> groups + "/" + group))
                .anyMatch(group ->
                        configuration.list(group + "/Properties").contains(Property.CS_ADMINISTRATOR.wireName())
                                && !configuration.list(group + "/Users").isEmpty());
    }

    private static Stream<String> names(
            List<DeclaredOption<List<String>>> options, String vo, Configuration configuration) {
        return options.stream().flatMap(option -> option.read(configuration, vo).stream());
    }
}
