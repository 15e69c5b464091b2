/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.framework.registry.control;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.diracee.framework.registry.boundary.RegisteredGroup;
import org.diracee.framework.registry.boundary.RegisteredHost;
import org.diracee.framework.registry.boundary.RegisteredUser;
import org.diracee.framework.registry.boundary.RegisteredVo;
import org.diracee.framework.registry.boundary.SupportContact;
import org.diracee.kernel.configuration.Configuration;
import org.diracee.kernel.value.GroupName;
import org.diracee.kernel.value.UserName;
import org.diracee.kernel.value.VoName;

/**
 * The registry as DIRAC has always had it: users by name for all VOs together, groups that name their VO.
 *
 * <p>A user belongs to the VOs of the groups that list the user. One without token subject gets a stable one: the name in a DN
 * {@code /O=DIRAC/CN=<name>}, which DIRAC makes up for token users, else the user's name.
 *
 * @see "Framework reference 1.5"
 */
final class ClassicLayout {

    private static final String MADE_UP_DN = "/O=DIRAC/CN=";

    private final TolerantReading reading;
    private final Configuration configuration;

    ClassicLayout(TolerantReading reading) {
        this.reading = reading;
        this.configuration = reading.configuration();
    }

    Map<VoName, RegisteredVo> vos() {
        Map<String, Person> people = people();
        Map<VoName, RegisteredVo> vos = new LinkedHashMap<>();
        membersByVo().forEach((vo, members) -> vos.put(vo, vo(vo, members, people)));
        return vos;
    }

    /** The names of those in groups of the VO that have this subject there. */
    List<String> names(VoName vo, String subject) {
        Map<GroupName, List<String>> members = membersByVo().getOrDefault(vo, Map.of());
        return people().values().stream()
                .filter(person -> person.subject().equals(subject))
                .map(person -> person.username().text())
                .filter(name -> members.values().stream().anyMatch(names -> names.contains(name)))
                .toList();
    }

    /** Whether a group of another VO than this one lists the user. */
    boolean isOfOthers(String name, VoName vo) {
        return membersByVo().entrySet().stream()
                .filter(other -> !other.getKey().equals(vo))
                .flatMap(other -> other.getValue().values().stream())
                .anyMatch(names -> names.contains(name));
    }

    private Map<VoName, Map<GroupName, List<String>>> membersByVo() {
        Map<VoName, Map<GroupName, List<String>>> membersByVo = new LinkedHashMap<>();
        for (String vo : configuration.names("Registry/VO")) {
            reading.entry("Registry/VO/" + vo, () -> membersByVo.put(new VoName(vo), new LinkedHashMap<>()));
        }
        for (String group : configuration.names("Registry/Groups")) {
            reading.entry("Registry/Groups/" + group, () -> {
                GroupName name = new GroupName(group);
                Optional<VoName> vo = RegistryOptions.CLASSIC_VO
                        .find(configuration, group)
                        .or(() -> reading.find(RegistryOptions.ONLY_VO));
                vo.ifPresentOrElse(
                        found -> membersByVo
                                .computeIfAbsent(found, none -> new LinkedHashMap<>())
                                .put(name, reading.read(RegistryOptions.CLASSIC_MEMBERS, group)),
                        () -> reading.leftOut().accept("Registry/Groups/" + group, "the group names no VO"));
            });
        }
        return membersByVo;
    }

    List<RegisteredHost> hosts() {
        return configuration.names("Registry/Hosts").stream()
                .map(host -> new RegisteredHost(
                        host,
                        reading.read(RegistryOptions.HOST_DN, host),
                        reading.properties(RegistryOptions.HOST_PROPERTIES, host)))
                .toList();
    }

    private RegisteredVo vo(VoName vo, Map<GroupName, List<String>> members, Map<String, Person> people) {
        Map<GroupName, RegisteredGroup> groups = new LinkedHashMap<>();
        Map<String, RegisteredUser> users = new LinkedHashMap<>();
        members.forEach((group, names) -> {
            Set<Person> known =
                    names.stream().map(people::get).filter(Objects::nonNull).collect(Collectors.toSet());
            known.forEach(person -> users.putIfAbsent(person.subject(), person.in(vo)));
            groups.put(
                    group,
                    new RegisteredGroup(
                            group,
                            reading.properties(RegistryOptions.CLASSIC_PROPERTIES, group.text()),
                            known.stream().map(Person::subject).collect(Collectors.toSet()),
                            reading.read(RegistryOptions.CLASSIC_SHARE, group.text()),
                            reading.read(RegistryOptions.CLASSIC_BACKGROUND, group.text()),
                            Set.copyOf(reading.read(RegistryOptions.CLASSIC_SITES, group.text()))));
        });
        List<GroupName> candidates = new ArrayList<>(reading.read(RegistryOptions.CLASSIC_VO_DEFAULT_GROUP, vo.text()));
        candidates.addAll(reading.read(RegistryOptions.CLASSIC_DEFAULT_GROUP));
        return new RegisteredVo(
                vo,
                candidates.stream().filter(groups::containsKey).findFirst(),
                groups,
                users,
                new SupportContact(
                        reading.read(RegistryOptions.SUPPORT_MESSAGE, vo.text()), Optional.empty(), Optional.empty()));
    }

    private Map<String, Person> people() {
        Map<String, Person> people = new LinkedHashMap<>();
        for (String user : configuration.names("Registry/Users")) {
            reading.entry("Registry/Users/" + user, () -> people.put(user, person(new UserName(user))));
        }
        return people;
    }

    private Person person(UserName user) {
        String name = user.text();
        Optional<String> id = reading.find(RegistryOptions.CLASSIC_ID, name);
        Set<String> dns = new LinkedHashSet<>(reading.read(RegistryOptions.CLASSIC_DN, name));
        String subject = id.or(() -> dns.stream()
                        .filter(dn -> dn.startsWith(MADE_UP_DN))
                        .map(dn -> dn.substring(MADE_UP_DN.length()))
                        .findFirst())
                .orElse(name);
        if (dns.isEmpty() && id.isPresent()) {
            dns.add(MADE_UP_DN + subject);
        }
        return new Person(
                subject,
                user,
                reading.find(RegistryOptions.CLASSIC_EMAIL, name),
                Set.copyOf(reading.read(RegistryOptions.CLASSIC_SUSPENDED, name)),
                List.copyOf(dns));
    }

    /** A user before it is known of which VO. */
    private record Person(
            String subject, UserName username, Optional<String> email, Set<String> suspendedIn, List<String> dns) {

        RegisteredUser in(VoName vo) {
            return new RegisteredUser(subject, username, email, suspendedIn.contains(vo.text()), dns);
        }
    }
}
