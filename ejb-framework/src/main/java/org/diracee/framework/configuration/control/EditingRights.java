/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.framework.configuration.control;

import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.diracee.framework.configuration.boundary.Change;
import org.diracee.kernel.access.Caller;
import org.diracee.kernel.access.Property;
import org.diracee.kernel.configuration.Configuration;
import org.diracee.kernel.error.Forbidden;
import org.diracee.kernel.error.InvalidRequest;
import org.diracee.kernel.value.Dn;
import org.diracee.kernel.value.InvalidValue;

/**
 * Who may change what. CSAdministrator changes everything. The administrators that a VO names in {@code VOAdmin} (users) or
 * {@code VOAdminGroup} (groups) change what is that VO's alone: its part of Registry and Operations, and the resources whose
 * option VO names it and nobody else. They cannot make anybody more than a member of their VO, nor become somebody who is: the
 * users and groups with rights beyond the VO, and those that administer it, are not theirs to change.
 */
public final class EditingRights {

    private static final Set<Property> BEYOND_A_VO = Set.of(
            Property.CS_ADMINISTRATOR,
            Property.SERVICE_ADMINISTRATOR,
            Property.TRUSTED_HOST,
            Property.OPERATOR,
            Property.PROXY_MANAGEMENT,
            Property.FULL_DELEGATION,
            Property.LIMITED_DELEGATION,
            Property.SITE_MANAGER,
            Property.USER_MANAGER);
    private static final Set<String> DECIDED_ABOVE = Set.of(
            "VOAdmin",
            "VOAdminGroup",
            "IdP",
            "IdProvider",
            "VOMSName",
            "VOMSServers",
            "Identifier",
            "Clients",
            "ScopedTokens");

    /** Where the members of VOs log in. */
    private static final String IDENTITY_PROVIDERS = "IdProviders";

    /** The kind of computing element whose pilots, programs of its own choice, the server runs under its own account. */
    private static final String ON_THE_SERVER = "Local";

    private static final String DEFAULT_GROUP = "DefaultGroup";
    private static final String REGISTRY = "Registry/";
    private static final String CLASSIC_GROUPS = "Registry/Groups/";
    private static final String CLASSIC_USERS = "Registry/Users/";

    private final Configuration before;
    private final Configuration after;
    private final String vo;

    private EditingRights(Caller.User user, Configuration before, Configuration after) {
        this.before = before;
        this.after = after;
        this.vo = user.vo().text();
    }

    /**
     * Lets those through who may change anything at all.
     *
     * @throws Forbidden for everybody else
     */
    public static void requireAny(Caller.User user, Configuration configuration) {
        if (!user.has(Property.CS_ADMINISTRATOR) && !administersVo(user, configuration)) {
            throw new Forbidden(
                    "Changing the configuration needs the property CSAdministrator, or being named in VOAdmin"
                            + " or VOAdminGroup of the VO " + user.vo());
        }
    }

    /**
     * Lets the changes through if the user may make all of them.
     *
     * @throws Forbidden otherwise; the detail names the first that is not allowed, and what is
     * @throws InvalidRequest if nobody could change the configuration afterwards
     */
    public static void require(Caller.User user, Configuration before, Configuration after, List<Change> changes) {
        requireAny(user, before);
        if (!user.has(Property.CS_ADMINISTRATOR)) {
            requireOfVo(user, before, after, changes);
        }
        if (EditingSettings.hasAdministrator(before) && !EditingSettings.hasAdministrator(after)) {
            throw new InvalidRequest(
                    "After this change nobody could change the configuration any more: no group with the"
                            + " property CSAdministrator would have a member");
        }
    }

    private static void requireOfVo(Caller.User user, Configuration before, Configuration after, List<Change> changes) {
        EditingRights rights = new EditingRights(user, before, after);
        changes.stream()
                .filter(change ->
                        !rights.allow(ConfigurationPath.of(change.path()).names(), change))
                .findFirst()
                .ifPresent(refused -> {
                    throw new Forbidden(refused.path() + " is not for administrators of the VO " + rights.vo
                            + ": they change its section of /Operations, the resources whose option VO names it alone,"
                            + " and in /Registry its support contact and those of its users and groups that neither"
                            + " have rights beyond the VO nor administer it");
                });
    }

    /** A VO cannot own a section that has another meaning. */
    private static boolean administersVo(Caller.User user, Configuration configuration) {
        String vo = user.vo().text();
        return !OptionTree.RESERVED.contains(vo)
                && !vo.equals("Defaults")
                && EditingSettings.administersVo(user, configuration);
    }

    private boolean allow(List<String> path, Change change) {
        return switch (path.isEmpty() ? "" : path.get(0)) {
            case "Operations" ->
                path.size() < 2 ? isContainer(change) : path.get(1).equals(vo);
            case "Registry" -> path.size() < 2 ? isContainer(change) : registry(path);
            case "Resources" -> path.size() < 3 ? isContainer(change) : resource(path, change);
            default -> false;
        };
    }

    /** A new section that a thing of the VO needs around it gives nobody anything. */
    private static boolean isContainer(Change change) {
        return change.kind() == Change.Kind.ADDED && change.subject() == Change.Subject.SECTION;
    }

    private boolean registry(List<String> path) {
        String section = path.get(1);
        if (section.equals(vo)) {
            return path.size() == 2 || ofVo(path.subList(2, path.size()));
        }
        if (path.size() < 3) {
            return false;
        }
        return switch (section) {
            case "VO" -> path.get(2).equals(vo) && (path.size() == 3 || optionOfVo(path.get(3)));
            case "Groups" -> isOurs(CLASSIC_GROUPS + path.get(2)) && isOrdinaryGroup(path.get(2));
            default -> false;
        };
    }

    private boolean ofVo(List<String> below) {
        return switch (below.get(0)) {
            case "Groups" -> below.size() < 2 || isOrdinaryGroup(below.get(1));
            case "Users" -> below.size() < 2 || isOrdinaryUser(below.get(1));
            default -> optionOfVo(below.get(0));
        };
    }

    private boolean optionOfVo(String option) {
        return option.equals(DEFAULT_GROUP)
                ? defaultGroups().allMatch(this::isOrdinaryGroup)
                : !DECIDED_ABOVE.contains(option);
    }

    /** In these, in either layout, people may be registered who log in for the first time. */
    private Stream<String> defaultGroups() {
        return Stream.of(REGISTRY, "Registry/VO/")
                .flatMap(layout -> after.list(layout + vo + "/" + DEFAULT_GROUP).stream());
    }

    /**
     * Whether the group gives, and gave, nothing that reaches beyond the VO, and does not administer it. Both layouts count: a
     * group of the VO's section hides one of the same name in the classic layout.
     */
    private boolean isOrdinaryGroup(String group) {
        return both().noneMatch(configuration -> reachesBeyondVo(configuration, groupsOfVo() + group)
                        || reachesBeyondVo(configuration, CLASSIC_GROUPS + group))
                && EditingSettings.administratingGroups(vo, before).noneMatch(group::equals);
    }

    /** A property that is not known here may come to mean something in another version. */
    private static boolean reachesBeyondVo(Configuration configuration, String group) {
        return configuration.list(group + "/Properties").stream()
                .map(Property::ofWireName)
                .anyMatch(property ->
                        property.filter(known -> !reachesBeyondVo(known)).isEmpty());
    }

    public static boolean reachesBeyondVo(Property property) {
        return BEYOND_A_VO.contains(property);
    }

    /**
     * Whether the user has no rights beyond the VO, and neither is, was nor becomes one of those that administer it: who writes
     * a user's name and certificates decides who that is.
     */
    private boolean isOrdinaryUser(String subject) {
        Optional<String> was = username(before, subject);
        Optional<String> becomes = username(after, subject);
        boolean changesAdministrators = !was.equals(becomes)
                && Stream.of(was, becomes).flatMap(Optional::stream).anyMatch(name -> EditingSettings.administrators(
                                vo, before)
                        .anyMatch(name::equals));
        return !changesAdministrators
                && powerful().noneMatch(subject::equals)
                && Collections.disjoint(newDns(subject), dnsOfOthers());
    }

    private Set<String> newDns(String subject) {
        Set<String> dns =
                dns(after, REGISTRY + vo + "/Users/" + subject + "/DNs").collect(Collectors.toSet());
        dns.removeAll(dns(before, REGISTRY + vo + "/Users/" + subject + "/DNs").toList());
        return dns;
    }

    /** The certificates of machines and of the members of other VOs, whose holders would act in this one unasked. */
    private Set<String> dnsOfOthers() {
        Stream<String> byVo = before.names("Registry").stream()
                .filter(other -> !other.equals(vo) && !OptionTree.RESERVED.contains(other))
                .map(other -> REGISTRY + other + "/Users")
                .flatMap(users -> before.names(users).stream().map(user -> users + "/" + user + "/DNs"));
        Stream<String> classic = before.names("Registry/Groups").stream()
                .map(CLASSIC_GROUPS::concat)
                .filter(group -> !isForVo(before, group))
                .flatMap(group -> before.list(group + "/Users").stream())
                .map(user -> CLASSIC_USERS + user + "/DN");
        Stream<String> hosts = before.names("Registry/Hosts").stream().map(host -> "Registry/Hosts/" + host + "/DN");
        return Stream.of(byVo, classic, hosts)
                .flatMap(paths -> paths)
                .flatMap(path -> dns(before, path))
                .collect(Collectors.toSet());
    }

    private static Stream<String> dns(Configuration configuration, String path) {
        return configuration.list(path).stream().flatMap(text -> dn(text).stream());
    }

    /** In one spelling; what is no name stands for nobody. */
    private static Optional<String> dn(String text) {
        try {
            return Optional.of(new Dn(text).text());
        } catch (InvalidValue noName) {
            return Optional.empty();
        }
    }

    private Optional<String> username(Configuration configuration, String subject) {
        String user = REGISTRY + vo + "/Users/" + subject;
        return configuration.hasSection(user)
                ? configuration
                        .option(user + "/PreferedUsername")
                        .filter(name -> !name.isBlank())
                        .or(() -> Optional.of(subject))
                : Optional.empty();
    }

    /** The subjects of those who have rights beyond the VO. */
    private Stream<String> powerful() {
        Stream<String> ofVo = before.names(REGISTRY + vo + "/Groups").stream()
                .map(group -> groupsOfVo() + group)
                .filter(group -> reachesBeyondVo(before, group))
                .flatMap(group -> before.list(group + "/Users").stream());
        Stream<String> classic = before.names("Registry/Groups").stream()
                .map(group -> CLASSIC_GROUPS + group)
                .filter(group -> reachesBeyondVo(before, group))
                .flatMap(group -> before.list(group + "/Users").stream())
                .flatMap(this::subjects);
        return Stream.concat(ofVo, classic);
    }

    /** Whatever may be the subject of a user of the classic layout. */
    private Stream<String> subjects(String user) {
        Stream<String> names =
                before.list(CLASSIC_USERS + user + "/DN").stream().map(dn -> dn.substring(dn.lastIndexOf('=') + 1));
        return Stream.concat(
                Stream.concat(Stream.of(user), before.option(CLASSIC_USERS + user + "/ID").stream()), names);
    }

    private String groupsOfVo() {
        return REGISTRY + vo + "/Groups/";
    }

    /** Sites may stand in a section per kind of grid; of the two only the names of sites have dots. */
    private boolean resource(List<String> path, Change change) {
        boolean isInGrid = path.get(1).equals("Sites") && path.get(2).indexOf('.') < 0;
        int depth = isInGrid ? 4 : 3;
        if (path.size() < depth) {
            return isContainer(change);
        }
        return !path.get(1).equals(IDENTITY_PROVIDERS)
                && !(isInGrid && path.get(3).indexOf('.') < 0)
                && isOurs(String.join("/", path.subList(0, depth)))
                && sectionsBelow(path, depth).noneMatch(this::isForOthers)
                && !isOnTheServer(path, depth);
    }

    /** Whether the section is the VO's alone wherever it exists, before and after. */
    private boolean isOurs(String section) {
        return both().allMatch(configuration -> configuration.option(section).isEmpty()
                && (!configuration.hasSection(section) || isForVo(configuration, section)));
    }

    /** What stands in a section of a resource goes before what the resource says as a whole. */
    private boolean isForOthers(String section) {
        return both().anyMatch(configuration ->
                configuration.option(section + "/VO").isPresent() && !isForVo(configuration, section));
    }

    private boolean isForVo(Configuration configuration, String section) {
        return configuration.list(section + "/VO").equals(List.of(vo));
    }

    private boolean isOnTheServer(List<String> path, int depth) {
        if (path.size() < depth + 2
                || !path.get(1).equals("Sites")
                || !path.get(depth).equals("CEs")) {
            return false;
        }
        String computingElement = String.join("/", path.subList(0, depth + 2));
        return both().flatMap(configuration -> configuration.option(computingElement + "/CEType").stream())
                .anyMatch(ON_THE_SERVER::equalsIgnoreCase);
    }

    private static Stream<String> sectionsBelow(List<String> path, int depth) {
        return IntStream.rangeClosed(depth + 1, path.size())
                .mapToObj(length -> String.join("/", path.subList(0, length)));
    }

    private Stream<Configuration> both() {
        return Stream.of(before, after);
    }
}
