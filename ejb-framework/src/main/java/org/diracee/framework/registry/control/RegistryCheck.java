/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.framework.registry.control;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.diracee.framework.configuration.boundary.ConfigurationCheck;
import org.diracee.framework.configuration.boundary.Finding;
import org.diracee.framework.registry.boundary.RegisteredUser;
import org.diracee.framework.registry.boundary.RegisteredVo;
import org.diracee.kernel.access.Property;
import org.diracee.kernel.configuration.Configuration;
import org.diracee.kernel.configuration.DeclaredOption;
import org.diracee.kernel.configuration.OptionType;
import org.diracee.kernel.value.Dn;
import org.diracee.kernel.value.GroupName;
import org.diracee.kernel.value.InvalidValue;
import org.diracee.kernel.value.UserName;
import org.diracee.kernel.value.VoName;

/** Finds names in the registry that are malformed, reserved, or those of things that do not exist. */
@ApplicationScoped
public class RegistryCheck implements ConfigurationCheck {

    private static final String DEFAULTS = "Defaults";

    @Override
    public List<Finding> check(Configuration configuration) {
        Search search = new Search(configuration);
        VoLayout.names(configuration).forEach(search::vo);
        search.classic();
        search.operations();
        return search.findings;
    }

    /** One search through one configuration. */
    private static final class Search {

        private final Configuration configuration;
        private final List<Finding> findings = new ArrayList<>();
        private final Map<String, String> userOfDn = new HashMap<>();
        private final Map<VoName, RegisteredVo> byVo;
        private final Map<VoName, RegisteredVo> classic;

        Search(Configuration configuration) {
            this.configuration = configuration;
            TolerantReading reading = new TolerantReading(configuration, (path, reason) -> {});
            this.byVo = new VoLayout(reading).vos();
            this.classic = new ClassicLayout(reading).vos();
        }

        void vo(String vo) {
            String path = "Registry/" + vo;
            name(OptionType.vo(), path, vo);
            reserved(path, vo);
            Collection<String> subjects = names(path + "/Users");
            Map<String, String> subjectOfName = new HashMap<>();
            for (String subject : subjects) {
                if (configuration
                        .option(RegistryOptions.USERNAME.path().at(vo, subject))
                        .isEmpty()) {
                    name(OptionType.user(), path + "/Users/" + subject, subject);
                }
                String name = find(RegistryOptions.USERNAME, vo, subject)
                        .map(UserName::text)
                        .orElse(subject);
                String other = subjectOfName.putIfAbsent(name, subject);
                if (other != null) {
                    findings.add(Finding.error(
                            path + "/Users/" + subject,
                            name,
                            "The user " + other + " of the VO has this name; two people cannot share one."));
                }
            }
            Map<String, String> subjectOfDn = new HashMap<>();
            for (String subject : subjects) {
                dns(RegistryOptions.DNS, subjectOfDn, subject, vo, subject);
            }
            Collection<String> groups = names(path + "/Groups");
            for (String group : groups) {
                name(OptionType.group(), path + "/Groups/" + group, group);
                members(RegistryOptions.MEMBERS, subjects, vo, group);
                properties(RegistryOptions.PROPERTIES, vo, group);
            }
            find(RegistryOptions.DEFAULT_GROUP, vo)
                    .map(GroupName::text)
                    .filter(group -> !groups.contains(group))
                    .ifPresent(group -> findings.add(Finding.error(
                            path + "/DefaultGroup", group, "The VO has no such group; allowed is one of its groups.")));
            classicNamesakes(vo);
            if (configuration.hasSection("Registry/VO/" + vo) || isNamedByAGroup(vo)) {
                findings.add(Finding.warning(
                        path,
                        "",
                        "The VO is described in both layouts; where they differ, what stands in this section counts."));
            }
        }

        private void classicNamesakes(String vo) {
            for (RegisteredUser user : users(byVo, vo).toList()) {
                users(classic, vo)
                        .filter(other -> other.username().equals(user.username())
                                && !other.subject().equals(user.subject()))
                        .forEach(other -> findings.add(Finding.error(
                                "Registry/" + vo + "/Users/" + user.subject(),
                                user.username().text(),
                                "Registry/Users has another user of this name in the VO, with the subject "
                                        + other.subject() + "; two people cannot share one. If it is the same person:"
                                        + " ID there must be the subject.")));
            }
        }

        /** A misspelt name of a VO would be noticed by nobody. */
        void operations() {
            for (String section : names("Operations")) {
                if (!section.equals(DEFAULTS)
                        && Stream.of(byVo, classic)
                                .flatMap(vos -> vos.keySet().stream())
                                .noneMatch(vo -> vo.text().equals(section))) {
                    findings.add(Finding.warning(
                            "Operations/" + section,
                            "",
                            "There is no VO " + section + " in the registry, so nothing reads this section."));
                }
            }
        }

        void classic() {
            find(RegistryOptions.ONLY_VO)
                    .ifPresent(vo -> reserved(RegistryOptions.ONLY_VO.path().at(), vo.text()));
            for (String vo : names("Registry/VO")) {
                name(OptionType.vo(), "Registry/VO/" + vo, vo);
                reserved("Registry/VO/" + vo, vo);
                defaultGroup(RegistryOptions.CLASSIC_VO_DEFAULT_GROUP, vo);
            }
            Collection<String> users = names("Registry/Users");
            for (String user : users) {
                name(OptionType.user(), "Registry/Users/" + user, user);
                dns(RegistryOptions.CLASSIC_DN, userOfDn, user, user);
            }
            for (String group : names("Registry/Groups")) {
                name(OptionType.group(), "Registry/Groups/" + group, group);
                members(RegistryOptions.CLASSIC_MEMBERS, users, group);
                properties(RegistryOptions.CLASSIC_PROPERTIES, group);
                voOf(group);
            }
            names("Registry/Hosts").forEach(host -> properties(RegistryOptions.HOST_PROPERTIES, host));
            defaultGroup(RegistryOptions.CLASSIC_DEFAULT_GROUP);
        }

        private void voOf(String group) {
            String path = "Registry/Groups/" + group;
            configuration.option(path + "/VO").ifPresent(vo -> reserved(path + "/VO", vo));
            if (configuration.option(path + "/VO").isEmpty()
                    && find(RegistryOptions.ONLY_VO).isEmpty()) {
                findings.add(Finding.warning(
                        path, "", "The group names no VO, and no DIRAC/VirtualOrganization is given: it is not used."));
            }
        }

        private void defaultGroup(DeclaredOption<List<GroupName>> option, String... names) {
            Collection<String> groups = names("Registry/Groups");
            find(option, names).stream()
                    .flatMap(List::stream)
                    .map(GroupName::text)
                    .filter(group -> !groups.contains(group))
                    .forEach(group -> findings.add(Finding.warning(
                            option.path().at(names), group, "There is no such group under Registry/Groups.")));
        }

        private void members(DeclaredOption<List<String>> option, Collection<String> known, String... names) {
            strangers(option, known::contains, "There is no user ", names);
        }

        private void properties(DeclaredOption<List<String>> option, String... names) {
            strangers(option, property -> Property.ofWireName(property).isPresent(), "There is no property ", names);
        }

        private void strangers(
                DeclaredOption<List<String>> option, Predicate<String> known, String words, String... names) {
            List<String> strange = find(option, names).orElse(List.of()).stream()
                    .filter(item -> !known.test(item))
                    .toList();
            if (!strange.isEmpty()) {
                String shown = String.join(", ", strange);
                findings.add(Finding.warning(option.path().at(names), shown, words + shown + "; it has no effect."));
            }
        }

        /** The first one with a DN is the one whom it stands for. */
        private void dns(
                DeclaredOption<List<String>> option, Map<String, String> ownerOfDn, String owner, String... names) {
            for (String text : find(option, names).orElse(List.of())) {
                try {
                    String other = ownerOfDn.putIfAbsent(new Dn(text).text(), owner);
                    if (other != null && !other.equals(owner)) {
                        findings.add(Finding.warning(
                                option.path().at(names), text, "The user " + other + " has this DN, too."));
                    }
                } catch (InvalidValue noName) {
                    findings.add(
                            Finding.warning(option.path().at(names), text, noName.detail() + "; it has no effect."));
                }
            }
        }

        private void reserved(String path, String vo) {
            if (RegistryOptions.RESERVED.contains(vo) || vo.equals(DEFAULTS)) {
                findings.add(Finding.error(
                        path,
                        vo,
                        "No VO can have this name: " + String.join(", ", RegistryOptions.RESERVED)
                                + " are sections of the registry, " + DEFAULTS + " is one of Operations."));
            }
        }

        private void name(OptionType<?> type, String path, String name) {
            if (type.parse(name).isEmpty() || !name.equals(name.strip())) {
                findings.add(Finding.error(path, "", "The name of the section must be " + type.allowed() + "."));
            }
        }

        private static Stream<RegisteredUser> users(Map<VoName, RegisteredVo> layout, String vo) {
            return layout.entrySet().stream()
                    .filter(entry -> entry.getKey().text().equals(vo))
                    .flatMap(entry -> entry.getValue().users().values().stream());
        }

        private boolean isNamedByAGroup(String vo) {
            return names("Registry/Groups").stream().anyMatch(group -> configuration
                    .option(RegistryOptions.CLASSIC_VO.path().at(group))
                    .filter(vo::equals)
                    .isPresent());
        }

        /** What is wrong with the value itself is found elsewhere. */
        private <T> Optional<T> find(DeclaredOption<T> option, String... names) {
            return configuration.option(option.path().at(names)).flatMap(text -> option.type()
                    .parse(text));
        }

        private Set<String> names(String path) {
            return new LinkedHashSet<>(configuration.names(path));
        }
    }
}
