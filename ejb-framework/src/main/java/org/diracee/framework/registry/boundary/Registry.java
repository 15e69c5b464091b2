/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.framework.registry.boundary;

import static org.diracee.framework.log.boundary.FrameworkLog.LOG;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.diracee.framework.configuration.boundary.ConfigurationService;
import org.diracee.framework.registry.control.RegistryContents;
import org.diracee.kernel.access.OpenAccess;
import org.diracee.kernel.access.Property;
import org.diracee.kernel.configuration.Configuration;
import org.diracee.kernel.configuration.PerRevision;
import org.diracee.kernel.value.GroupName;
import org.diracee.kernel.value.UserName;
import org.diracee.kernel.value.VoName;

/** Who belongs to which VO and group, and with which properties. */
@ApplicationScoped
public class Registry {

    private static final String INTERNAL = "asked by the server itself";

    private final PerRevision<Map<VoName, RegisteredVo>> vos = new PerRevision<>(snapshot -> RegistryContents.read(
                    snapshot, (path, reason) -> LOG.registryEntryLeftOut(snapshot.revision(), path, reason))
            .vos());
    private ConfigurationService configuration;

    protected Registry() {} // for the container's proxy

    @Inject
    public Registry(ConfigurationService configuration) {
        this.configuration = configuration;
    }

    /** All VOs, in the order of the configuration. */
    @OpenAccess(INTERNAL)
    public List<VoName> vos() {
        return List.copyOf(current().keySet());
    }

    @OpenAccess(INTERNAL)
    public boolean knows(VoName vo) {
        return current().containsKey(vo);
    }

    /** The groups of the VO, in the order of the configuration; empty for an unknown VO. */
    @OpenAccess(INTERNAL)
    public List<RegisteredGroup> groups(VoName vo) {
        return vo(vo).map(found -> List.copyOf(found.groups().values())).orElse(List.of());
    }

    @OpenAccess(INTERNAL)
    public Optional<RegisteredGroup> group(VoName vo, GroupName group) {
        return vo(vo).map(found -> found.groups().get(group));
    }

    /** The group of those who name none when they log in. */
    @OpenAccess(INTERNAL)
    public Optional<GroupName> defaultGroup(VoName vo) {
        return vo(vo).flatMap(RegisteredVo::defaultGroup);
    }

    /** The properties that the group gives; empty for an unknown group. */
    @OpenAccess(INTERNAL)
    public Set<Property> properties(VoName vo, GroupName group) {
        return group(vo, group).map(RegisteredGroup::properties).orElse(Set.of());
    }

    @OpenAccess(INTERNAL)
    public Optional<RegisteredUser> user(VoName vo, String subject) {
        return vo(vo).map(found -> found.users().get(subject));
    }

    @OpenAccess(INTERNAL)
    public Optional<RegisteredUser> user(VoName vo, UserName username) {
        return vo(vo).flatMap(found -> found.users().values().stream()
                .filter(user -> user.username().equals(username))
                .findFirst());
    }

    /** All users of the VO; empty for an unknown VO. */
    @OpenAccess(INTERNAL)
    public List<RegisteredUser> members(VoName vo) {
        return vo(vo).map(found -> List.copyOf(found.users().values())).orElse(List.of());
    }

    /** The registered members of the group; empty for an unknown group. */
    @OpenAccess(INTERNAL)
    public List<RegisteredUser> users(VoName vo, GroupName group) {
        return group(vo, group)
                .map(found -> found.subjects().stream()
                        .flatMap(subject -> user(vo, subject).stream())
                        .toList())
                .orElse(List.of());
    }

    /** Whom members of the VO turn to; empty for an unknown VO. */
    @OpenAccess(INTERNAL)
    public Optional<SupportContact> support(VoName vo) {
        return vo(vo).map(RegisteredVo::support);
    }

    private Optional<RegisteredVo> vo(VoName vo) {
        return Optional.ofNullable(current().get(vo));
    }

    /** The VOs of any configuration, be it in force or not, with their groups and users. */
    public static List<RegisteredVo> of(Configuration configuration) {
        return List.copyOf(
                RegistryContents.read(configuration, (path, reason) -> {}).vos().values());
    }

    /** The VOs of any configuration, be it in force or not. */
    public static Set<VoName> vosOf(Configuration configuration) {
        return contentsOf(configuration).keySet();
    }

    /** What any configuration, be it in force or not, registers in its VOs, whichever layout it uses. */
    public static Map<VoName, RegisteredVo> contentsOf(Configuration configuration) {
        return RegistryContents.read(configuration, (path, reason) -> {}).vos();
    }

    private Map<VoName, RegisteredVo> current() {
        return vos.of(configuration.current());
    }
}
