/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.framework.registry.control;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.diracee.framework.registry.boundary.CertificateHolder;
import org.diracee.framework.registry.boundary.RegisteredHost;
import org.diracee.framework.registry.boundary.RegisteredUser;
import org.diracee.framework.registry.boundary.RegisteredVo;
import org.diracee.kernel.configuration.Configuration;
import org.diracee.kernel.value.Dn;
import org.diracee.kernel.value.GroupName;
import org.diracee.kernel.value.InvalidValue;
import org.diracee.kernel.value.VoName;

/** The registry by DNs and by attributes of VOMS servers. What cannot be read is told of where the registry itself is read. */
public final class HolderIndex {

    private final Map<Dn, List<CertificateHolder>> users = new LinkedHashMap<>();
    private final Map<Dn, RegisteredHost> hosts = new LinkedHashMap<>();
    private final Map<VoName, Map<GroupName, String>> roles = new LinkedHashMap<>();
    private final Map<VoName, String> names = new LinkedHashMap<>();

    private HolderIndex() {}

    public static HolderIndex of(Configuration configuration) {
        HolderIndex index = new HolderIndex();
        TolerantReading reading = new TolerantReading(configuration, (path, reason) -> {});
        RegistryContents contents = RegistryContents.read(configuration, (path, reason) -> {});
        contents.vos().values().forEach(vo -> index.add(vo, reading));
        contents.hosts().forEach(host -> host.dns()
                .forEach(text -> dn(text).ifPresent(dn -> index.hosts.putIfAbsent(dn, host))));
        return index;
    }

    private void add(RegisteredVo vo, TolerantReading reading) {
        for (RegisteredUser user : vo.users().values()) {
            CertificateHolder holder = new CertificateHolder(vo.name(), user, preferredGroup(vo, user, reading));
            user.names().forEach(dn -> add(dn, holder));
        }
        Map<GroupName, String> roleOfGroup = new LinkedHashMap<>();
        for (GroupName group : vo.groups().keySet()) {
            reading.find(RegistryOptions.VOMS_ROLE, vo.name().text(), group.text())
                    .or(() -> reading.find(RegistryOptions.CLASSIC_VOMS_ROLE, group.text()))
                    .filter(role -> !role.isEmpty())
                    .ifPresent(role -> roleOfGroup.put(group, normal(role)));
        }
        roles.put(vo.name(), roleOfGroup);
        names.put(
                vo.name(),
                reading.find(RegistryOptions.VOMS_NAME, vo.name().text())
                        .or(() -> reading.find(
                                RegistryOptions.CLASSIC_VOMS_NAME, vo.name().text()))
                        .filter(name -> !name.isEmpty())
                        .orElse(vo.name().text()));
    }

    private void add(Dn dn, CertificateHolder holder) {
        List<CertificateHolder> holders = users.computeIfAbsent(dn, none -> new ArrayList<>());
        if (holders.stream().noneMatch(other -> other.vo().equals(holder.vo()))) {
            holders.add(holder); // of several people with one DN the first counts, as in DIRAC
        }
    }

    private static Optional<GroupName> preferredGroup(RegisteredVo vo, RegisteredUser user, TolerantReading reading) {
        return reading
                .read(
                        RegistryOptions.CLASSIC_USER_DEFAULT_GROUP,
                        user.username().text())
                .stream()
                .filter(group -> Optional.ofNullable(vo.groups().get(group))
                        .filter(found -> found.has(user.subject()))
                        .isPresent())
                .findFirst()
                .or(vo::defaultGroup);
    }

    public List<CertificateHolder> users(Dn dn) {
        return List.copyOf(users.getOrDefault(dn, List.of()));
    }

    public Optional<RegisteredHost> host(Dn dn) {
        return Optional.ofNullable(hosts.get(dn));
    }

    public List<GroupName> groups(VoName vo, String fqan) {
        String wanted = normal(fqan);
        return roles.getOrDefault(vo, Map.of()).entrySet().stream()
                .filter(entry -> entry.getValue().equals(wanted))
                .map(Map.Entry::getKey)
                .toList();
    }

    public Optional<String> vomsRole(VoName vo, GroupName group) {
        return Optional.ofNullable(roles.getOrDefault(vo, Map.of()).get(group));
    }

    public String vomsName(VoName vo) {
        return names.getOrDefault(vo, vo.text());
    }

    /** Without the words by which old servers say that there is nothing to say. */
    private static String normal(String fqan) {
        return fqan.replaceFirst("/Capability=NULL$", "").replaceFirst("/Role=NULL$", "");
    }

    private static Optional<Dn> dn(String text) {
        try {
            return Optional.of(new Dn(text));
        } catch (InvalidValue noName) {
            return Optional.empty();
        }
    }
}
