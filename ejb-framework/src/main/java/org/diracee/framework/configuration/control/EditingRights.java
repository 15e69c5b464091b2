/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.framework.configuration.control;

import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.diracee.framework.configuration.boundary.Change;
import org.diracee.kernel.access.Caller;
import org.diracee.kernel.access.Property;
import org.diracee.kernel.configuration.Configuration;
import org.diracee.kernel.error.Forbidden;

/**
 * Who may change what. CSAdministrator changes everything. The administrators that a VO names in {@code VOAdmin} (users) or
 * {@code VOAdminGroup} (groups) change what is that VO's alone: its part of Registry and Operations, and the resources whose
 * option VO names it and nobody else. They cannot make anybody more than a member of their VO.
 */
public final class EditingRights {

    private static final Set<Property> BEYOND_A_VO = Set.of(
            Property.CS_ADMINISTRATOR,
            Property.SERVICE_ADMINISTRATOR,
            Property.TRUSTED_HOST,
            Property.OPERATOR,
            Property.PROXY_MANAGEMENT,
            Property.FULL_DELEGATION);
    private static final Set<String> DECIDED_ABOVE =
            Set.of("VOAdmin", "VOAdminGroup", "IdP", "IdProvider", "VOMSName", "VOMSServers", "Identifier");

    private final Configuration before;
    private final Configuration after;
    private final String vo;

    private EditingRights(Caller.User user, Configuration before, Configuration after) {
        this.before = before;
        this.after = after;
        this.vo = user.vo().text();
    }

    /**
     * Lets the changes through if the user may make all of them.
     *
     * @throws Forbidden otherwise; the detail names the first that is not allowed, and what is
     */
    public static void require(Caller.User user, Configuration before, Configuration after, List<Change> changes) {
        if (user.has(Property.CS_ADMINISTRATOR)) {
            return;
        }
        EditingRights rights = new EditingRights(user, before, after);
        if (!EditingSettings.administersVo(user, before)) {
            throw new Forbidden(
                    "Changing the configuration needs the property CSAdministrator, or being named in VOAdmin"
                            + " or VOAdminGroup of the VO " + rights.vo);
        }
        changes.stream()
                .filter(change ->
                        !rights.allow(ConfigurationPath.of(change.path()).names(), change))
                .findFirst()
                .ifPresent(refused -> {
                    throw new Forbidden(refused.path() + " is not for administrators of the VO " + rights.vo
                            + ": they change its users, groups and support contact in /Registry, its section of"
                            + " /Operations, and the resources whose option VO names it alone");
                });
    }

    private boolean allow(List<String> path, Change change) {
        if (path.size() < 2) {
            return isContainer(change);
        }
        return switch (path.get(0)) {
            case "Operations" -> path.get(1).equals(vo);
            case "Registry" -> registry(path);
            case "Resources" -> resource(path) || path.size() < 4 && isContainer(change);
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
            return path.size() == 2 || ofVo(path.subList(2, path.size()), "Registry/" + vo + "/Groups/");
        }
        if (path.size() < 3) {
            return false;
        }
        return switch (section) {
            case "VO" -> path.get(2).equals(vo) && (path.size() == 3 || !DECIDED_ABOVE.contains(path.get(3)));
            case "Groups" -> isOurs("Registry/Groups/" + path.get(2)) && isWithinVo("Registry/Groups/" + path.get(2));
            default -> false;
        };
    }

    private boolean ofVo(List<String> below, String groups) {
        if (DECIDED_ABOVE.contains(below.get(0))) {
            return false;
        }
        return !below.get(0).equals("Groups") || below.size() < 2 || isWithinVo(groups + below.get(1));
    }

    /** Whether the group gives, and gave, nothing that reaches beyond the VO. */
    private boolean isWithinVo(String group) {
        return Stream.of(before, after)
                .flatMap(configuration -> configuration.list(group + "/Properties").stream())
                .flatMap(name -> Property.ofWireName(name).stream())
                .noneMatch(BEYOND_A_VO::contains);
    }

    /** Sites may stand in a section per kind of grid, whose name has no dot. */
    private boolean resource(List<String> path) {
        int depth =
                path.get(1).equals("Sites") && path.size() > 2 && path.get(2).indexOf('.') < 0 ? 4 : 3;
        return path.size() >= depth && isOurs(String.join("/", path.subList(0, depth)));
    }

    /** Whether the section is the VO's alone wherever it exists, before and after. */
    private boolean isOurs(String section) {
        return Stream.of(before, after)
                .filter(configuration -> configuration.hasSection(section))
                .allMatch(configuration -> configuration.list(section + "/VO").equals(List.of(vo)));
    }
}
