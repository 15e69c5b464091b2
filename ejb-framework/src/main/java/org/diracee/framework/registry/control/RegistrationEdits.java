/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.framework.registry.control;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.diracee.framework.configuration.boundary.Proposal.Action;
import org.diracee.framework.configuration.boundary.Proposal.Edit;
import org.diracee.framework.registry.boundary.NewUser;
import org.diracee.kernel.configuration.Configuration;
import org.diracee.kernel.error.InvalidRequest;
import org.diracee.kernel.value.GroupName;
import org.diracee.kernel.value.UserName;
import org.diracee.kernel.value.VoName;

/**
 * What has to change in the configuration so that a person is registered, in whichever layout the groups stand.
 *
 * @param username what the person is called from now on
 */
public record RegistrationEdits(UserName username, List<Edit> edits) {

    private static final Pattern SUBJECT = Pattern.compile("[A-Za-z0-9][A-Za-z0-9@._:+|~-]{0,254}");
    private static final Pattern SUBJECT_AS_VALUE = Pattern.compile("[\\x21-\\x7e&&[^,#]]{1,255}");
    private static final int LONGEST_WISH = 58;

    public RegistrationEdits {
        edits = List.copyOf(edits);
    }

    /**
     * A user of the classic layout may be in groups of both; one of the VO's section in those of the section alone, because a
     * group that the section names hides the classic one with its members.
     *
     * @throws InvalidRequest if the layout cannot hold the person's id
     */
    public static RegistrationEdits of(Configuration configuration, VoName vo, NewUser person, List<GroupName> groups) {
        return configuration.hasSection("Registry/" + vo)
                        && groups.stream().allMatch(group -> isByVo(configuration, vo, group))
                ? byVo(configuration, vo, person, groups)
                : classic(configuration, vo, person, groups);
    }

    private static boolean isByVo(Configuration configuration, VoName vo, GroupName group) {
        return configuration.hasSection("Registry/" + vo + "/Groups/" + group);
    }

    private static RegistrationEdits byVo(
            Configuration configuration, VoName vo, NewUser person, List<GroupName> groups) {
        String subject = person.subject();
        require(SUBJECT, subject);
        UserName name = free(person, taken(configuration, vo));
        List<Edit> edits = new ArrayList<>();
        edits.add(set(RegistryOptions.USERNAME.path().at(vo.text(), subject), name.text()));
        person.email()
                .filter(RegistrationEdits::isAddress)
                .ifPresent(email -> edits.add(set(RegistryOptions.EMAIL.path().at(vo.text(), subject), email)));
        for (GroupName group : groups) {
            edits.add(member(configuration, RegistryOptions.MEMBERS.path().at(vo.text(), group.text()), subject));
        }
        return new RegistrationEdits(name, edits);
    }

    private static RegistrationEdits classic(
            Configuration configuration, VoName vo, NewUser person, List<GroupName> groups) {
        require(SUBJECT_AS_VALUE, person.subject());
        UserName name = free(person, taken(configuration, vo));
        List<Edit> edits = new ArrayList<>();
        edits.add(set(RegistryOptions.CLASSIC_ID.path().at(name.text()), person.subject()));
        person.email()
                .filter(RegistrationEdits::isAddress)
                .ifPresent(email ->
                        edits.add(set(RegistryOptions.CLASSIC_EMAIL.path().at(name.text()), email)));
        for (GroupName group : groups) {
            edits.add(
                    isByVo(configuration, vo, group)
                            ? member(
                                    configuration,
                                    RegistryOptions.MEMBERS.path().at(vo.text(), group.text()),
                                    person.subject())
                            : member(
                                    configuration,
                                    RegistryOptions.CLASSIC_MEMBERS.path().at(group.text()),
                                    name.text()));
        }
        return new RegistrationEdits(name, edits);
    }

    /** The names of both layouts. */
    private static Set<String> taken(Configuration configuration, VoName vo) {
        String users = "Registry/" + vo + "/Users";
        Set<String> taken = configuration.names(users).stream()
                .map(known -> RegistryOptions.USERNAME.path().at(vo.text(), known))
                .map(path -> configuration.option(path).orElse(""))
                .collect(Collectors.toCollection(LinkedHashSet::new));
        taken.addAll(configuration.names(users));
        taken.addAll(configuration.names("Registry/Users"));
        return taken;
    }

    /** A name is never shared, not even with one that differs in case only: jobs and files are known by it. */
    private static UserName free(NewUser person, Set<String> taken) {
        Set<String> small =
                taken.stream().map(name -> name.toLowerCase(Locale.ROOT)).collect(Collectors.toSet());
        String wish = person.wish()
                .orElse(person.subject())
                .replaceAll("[^A-Za-z0-9._@-]", "_")
                .replaceFirst("^[^A-Za-z0-9]+", "");
        String name = wish.isEmpty() ? "user" : wish.substring(0, Math.min(wish.length(), LONGEST_WISH));
        String free = name;
        for (int number = 2; small.contains(free.toLowerCase(Locale.ROOT)); number++) {
            free = name + "_" + number;
        }
        return new UserName(free);
    }

    private static Edit member(Configuration configuration, String path, String member) {
        Set<String> members = new LinkedHashSet<>(configuration.list(path));
        members.add(member);
        return set(path, String.join(", ", members));
    }

    private static boolean isAddress(String email) {
        return email.matches("[\\x21-\\x7e&&[^,#]]{1,254}") && email.indexOf('@') > 0;
    }

    private static void require(Pattern form, String subject) {
        if (!form.matcher(subject).matches()) {
            throw new InvalidRequest(
                    "the id that the identity provider gives has characters that the registry cannot hold");
        }
    }

    private static Edit set(String path, String value) {
        return new Edit(Action.SET, path, value);
    }
}
