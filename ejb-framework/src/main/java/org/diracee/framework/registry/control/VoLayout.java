/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.framework.registry.control;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.diracee.framework.registry.boundary.RegisteredGroup;
import org.diracee.framework.registry.boundary.RegisteredUser;
import org.diracee.framework.registry.boundary.RegisteredVo;
import org.diracee.framework.registry.boundary.SupportContact;
import org.diracee.kernel.configuration.Configuration;
import org.diracee.kernel.value.GroupName;
import org.diracee.kernel.value.UserName;
import org.diracee.kernel.value.VoName;

/**
 * The registry with a section for each VO, in which users stand by their subject.
 *
 * @see "DiracX REST reference 11, Registry"
 */
final class VoLayout {

    private final TolerantReading reading;
    private final Configuration configuration;

    VoLayout(TolerantReading reading) {
        this.reading = reading;
        this.configuration = reading.configuration();
    }

    Map<VoName, RegisteredVo> vos() {
        Map<VoName, RegisteredVo> vos = new LinkedHashMap<>();
        for (String vo : names(configuration)) {
            reading.entry("Registry/" + vo, () -> {
                VoName name = new VoName(vo);
                vos.put(name, vo(name));
            });
        }
        return vos;
    }

    /** The sections that stand for a VO. */
    static List<String> names(Configuration configuration) {
        return configuration.names("Registry").stream()
                .filter(name -> !RegistryOptions.RESERVED.contains(name))
                .filter(name -> configuration.hasSection("Registry/" + name))
                .toList();
    }

    private RegisteredVo vo(VoName vo) {
        String name = vo.text();
        Map<String, RegisteredUser> users = new LinkedHashMap<>();
        String usersPath = "Registry/" + vo + "/Users";
        for (String subject : configuration.names(usersPath)) {
            reading.entry(usersPath + "/" + subject, () -> users.put(subject, user(name, subject)));
        }
        Map<GroupName, RegisteredGroup> groups = new LinkedHashMap<>();
        String groupsPath = "Registry/" + vo + "/Groups";
        for (String group : configuration.names(groupsPath)) {
            reading.entry(groupsPath + "/" + group, () -> {
                GroupName groupName = new GroupName(group);
                groups.put(groupName, group(name, groupName));
            });
        }
        return new RegisteredVo(
                vo,
                reading.find(RegistryOptions.DEFAULT_GROUP, name).filter(groups::containsKey),
                groups,
                users,
                new SupportContact(
                        reading.read(RegistryOptions.SUPPORT_MESSAGE, name),
                        reading.find(RegistryOptions.SUPPORT_WEBPAGE, name),
                        reading.find(RegistryOptions.SUPPORT_EMAIL, name)));
    }

    private RegisteredUser user(String vo, String subject) {
        List<String> suspended = reading.read(RegistryOptions.SUSPENDED, vo, subject);
        return new RegisteredUser(
                subject,
                RegistryOptions.USERNAME.find(configuration, vo, subject).orElseGet(() -> new UserName(subject)),
                reading.find(RegistryOptions.EMAIL, vo, subject),
                !suspended.isEmpty() && !suspended.get(0).equalsIgnoreCase("false"),
                reading.read(RegistryOptions.DNS, vo, subject));
    }

    private RegisteredGroup group(String vo, GroupName group) {
        return new RegisteredGroup(
                group,
                reading.properties(RegistryOptions.PROPERTIES, vo, group.text()),
                Set.copyOf(reading.read(RegistryOptions.MEMBERS, vo, group.text())),
                reading.read(RegistryOptions.SHARE, vo, group.text()),
                reading.read(RegistryOptions.BACKGROUND, vo, group.text()),
                Set.copyOf(reading.read(RegistryOptions.SITES, vo, group.text())));
    }
}
