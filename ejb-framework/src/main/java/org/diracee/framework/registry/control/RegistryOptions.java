/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.framework.registry.control;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import org.diracee.framework.configuration.boundary.DeclaredOptions;
import org.diracee.kernel.configuration.DeclaredOption;
import org.diracee.kernel.configuration.OptionType;
import org.diracee.kernel.value.GroupName;
import org.diracee.kernel.value.SiteName;
import org.diracee.kernel.value.UserName;
import org.diracee.kernel.value.VoName;

/** The options of the registry: VOs, groups, users and hosts. */
@ApplicationScoped
public class RegistryOptions implements DeclaredOptions {

    /** The names that stand in the registry for sections of the classic layout; no VO can have them in the layout by VO. */
    static final List<String> RESERVED = List.of("Users", "Groups", "Hosts", "VO");

    private static final String BY_VO = "DiracX REST reference 11";
    private static final String CLASSIC = "Framework reference 1.5";
    private static final String ALLOW_BACKGROUND =
            "Whether jobs of priority 0 run only where nothing else of the group waits, and take none of its share.";
    private static final String JOB_SHARE = "Weight of the group's jobs against those of other groups.";

    private static final String MANAGED_SITES =
            "The sites that members administer, if the group has the property SiteManager.";
    private static final OptionType<List<SiteName>> SITE_NAMES = OptionType.listOf(
            OptionType.value("a site name: letters, digits, dots, underscores or hyphens", SiteName::new));

    static final DeclaredOption<VoName> ONLY_VO = DeclaredOption.of(
            "DIRAC/VirtualOrganization",
            OptionType.vo(),
            "The VO of groups that name none.",
            "Framework reference 1.7");
    static final DeclaredOption<GroupName> DEFAULT_GROUP = DeclaredOption.of(
            "Registry/{vo}/DefaultGroup",
            OptionType.group(),
            "The group of members who name none when they log in.",
            BY_VO);
    static final DeclaredOption<String> SUPPORT_MESSAGE = DeclaredOption.of(
            "Registry/{vo}/Support/Message",
            OptionType.text(),
            "Please contact the administrators of this installation.",
            "What members in trouble are told.",
            BY_VO);
    static final DeclaredOption<String> SUPPORT_WEBPAGE =
            DeclaredOption.of("Registry/{vo}/Support/Webpage", OptionType.text(), "Where members find help.", BY_VO);
    static final DeclaredOption<String> SUPPORT_EMAIL = DeclaredOption.of(
            "Registry/{vo}/Support/Email", OptionType.text(), "Whom members write to for help.", BY_VO);
    static final DeclaredOption<UserName> USERNAME = DeclaredOption.of(
            // DIRAC's own spelling, kept by DiracX
            "Registry/{vo}/Users/{subject}/PreferedUsername",
            OptionType.user(),
            "Name by which the user is known; by default the subject.",
            BY_VO);
    static final DeclaredOption<String> EMAIL =
            DeclaredOption.of("Registry/{vo}/Users/{subject}/Email", OptionType.text(), "Address of the user.", BY_VO);
    static final DeclaredOption<List<String>> SUSPENDED = DeclaredOption.of(
            "Registry/{vo}/Users/{subject}/Suspended",
            OptionType.texts(),
            "",
            "If it names anything but false, the user is locked out.",
            BY_VO);
    static final DeclaredOption<List<String>> DNS = DeclaredOption.of(
            "Registry/{vo}/Users/{subject}/DNs",
            OptionType.texts(),
            "",
            "Distinguished names of the user's certificates.",
            BY_VO);
    static final DeclaredOption<List<String>> PROPERTIES = DeclaredOption.of(
            "Registry/{vo}/Groups/{group}/Properties",
            OptionType.texts(),
            "",
            "The rights that membership gives.",
            BY_VO);
    static final DeclaredOption<List<String>> MEMBERS = DeclaredOption.of(
            "Registry/{vo}/Groups/{group}/Users", OptionType.texts(), "", "The subjects of the members.", BY_VO);
    static final DeclaredOption<Double> SHARE =
            DeclaredOption.of("Registry/{vo}/Groups/{group}/JobShare", OptionType.decimal(0), "1000", JOB_SHARE, BY_VO);

    static final DeclaredOption<Boolean> BACKGROUND = DeclaredOption.of(
            "Registry/{vo}/Groups/{group}/AllowBackgroundTQs", OptionType.yesNo(), "False", ALLOW_BACKGROUND, BY_VO);

    static final DeclaredOption<List<SiteName>> SITES =
            DeclaredOption.of("Registry/{vo}/Groups/{group}/Sites", SITE_NAMES, "", MANAGED_SITES, "DIRAC EE");
    static final DeclaredOption<List<GroupName>> CLASSIC_DEFAULT_GROUP = DeclaredOption.of(
            "Registry/DefaultGroup",
            OptionType.listOf(OptionType.group()),
            "",
            "The group of those who name none when they log in; of several the first that belongs to the VO.",
            CLASSIC);
    static final DeclaredOption<List<GroupName>> CLASSIC_VO_DEFAULT_GROUP = DeclaredOption.of(
            "Registry/VO/{vo}/DefaultGroup",
            OptionType.listOf(OptionType.group()),
            "",
            "The group of the VO's members who name none when they log in; it goes before that of the registry.",
            CLASSIC);
    static final DeclaredOption<List<String>> CLASSIC_DN = DeclaredOption.of(
            "Registry/Users/{user}/DN",
            OptionType.texts(),
            "",
            "Distinguished names of the user's certificates.",
            CLASSIC);
    static final DeclaredOption<String> CLASSIC_ID = DeclaredOption.of(
            "Registry/Users/{user}/ID",
            OptionType.text(),
            "Subject of the user's tokens; by default the name in a DN /O=DIRAC/CN=<name>, else the user's name.",
            CLASSIC);
    static final DeclaredOption<String> CLASSIC_EMAIL =
            DeclaredOption.of("Registry/Users/{user}/Email", OptionType.text(), "Address of the user.", CLASSIC);
    static final DeclaredOption<List<String>> CLASSIC_SUSPENDED = DeclaredOption.of(
            "Registry/Users/{user}/Suspended",
            OptionType.texts(),
            "",
            "The VOs that the user is locked out of.",
            CLASSIC);
    static final DeclaredOption<List<String>> CLASSIC_MEMBERS = DeclaredOption.of(
            "Registry/Groups/{group}/Users", OptionType.texts(), "", "The names of the members.", CLASSIC);
    static final DeclaredOption<List<String>> CLASSIC_PROPERTIES = DeclaredOption.of(
            "Registry/Groups/{group}/Properties", OptionType.texts(), "", "The rights that membership gives.", CLASSIC);
    static final DeclaredOption<VoName> CLASSIC_VO = DeclaredOption.of(
            "Registry/Groups/{group}/VO",
            OptionType.vo(),
            "The VO of the group; by default DIRAC/VirtualOrganization.",
            CLASSIC);
    static final DeclaredOption<Double> CLASSIC_SHARE =
            DeclaredOption.of("Registry/Groups/{group}/JobShare", OptionType.decimal(0), "1000", JOB_SHARE, CLASSIC);
    static final DeclaredOption<Boolean> CLASSIC_BACKGROUND = DeclaredOption.of(
            "Registry/Groups/{group}/AllowBackgroundTQs", OptionType.yesNo(), "False", ALLOW_BACKGROUND, CLASSIC);
    static final DeclaredOption<List<SiteName>> CLASSIC_SITES =
            DeclaredOption.of("Registry/Groups/{group}/Sites", SITE_NAMES, "", MANAGED_SITES, "DIRAC EE");
    static final DeclaredOption<String> VOMS_ROLE = DeclaredOption.of(
            "Registry/{vo}/Groups/{group}/VOMSRole",
            OptionType.text(),
            "The VOMS attribute that stands for the group, such as /vo/Role=production.",
            BY_VO);
    static final DeclaredOption<String> VOMS_NAME = DeclaredOption.of(
            "Registry/{vo}/VOMSName",
            OptionType.text(),
            "The name under which VOMS servers know the VO; by default its name here.",
            BY_VO);
    static final DeclaredOption<String> CLASSIC_VOMS_ROLE = DeclaredOption.of(
            "Registry/Groups/{group}/VOMSRole",
            OptionType.text(),
            "The VOMS attribute that stands for the group, such as /vo/Role=production.",
            CLASSIC);
    static final DeclaredOption<String> CLASSIC_VOMS_NAME = DeclaredOption.of(
            "Registry/VO/{vo}/VOMSName",
            OptionType.text(),
            "The name under which VOMS servers know the VO; by default its name here.",
            CLASSIC);
    static final DeclaredOption<List<GroupName>> CLASSIC_USER_DEFAULT_GROUP = DeclaredOption.of(
            "Registry/Users/{user}/DefaultGroup",
            OptionType.listOf(OptionType.group()),
            "",
            "The group in which the user's certificate acts when nothing names another; of several the first that the user is a"
                    + " member of.",
            CLASSIC);
    static final DeclaredOption<List<String>> HOST_DN = DeclaredOption.of(
            "Registry/Hosts/{host}/DN",
            OptionType.texts(),
            "",
            "Distinguished names of the host's certificates.",
            CLASSIC);
    static final DeclaredOption<List<String>> HOST_PROPERTIES = DeclaredOption.of(
            "Registry/Hosts/{host}/Properties", OptionType.texts(), "", "The rights of the host.", CLASSIC);

    @Override
    public List<DeclaredOption<?>> options() {
        return List.of(
                ONLY_VO,
                DEFAULT_GROUP,
                SUPPORT_MESSAGE,
                SUPPORT_WEBPAGE,
                SUPPORT_EMAIL,
                USERNAME,
                EMAIL,
                SUSPENDED,
                DNS,
                PROPERTIES,
                MEMBERS,
                SHARE,
                BACKGROUND,
                SITES,
                CLASSIC_DEFAULT_GROUP,
                CLASSIC_VO_DEFAULT_GROUP,
                CLASSIC_DN,
                CLASSIC_ID,
                CLASSIC_EMAIL,
                CLASSIC_SUSPENDED,
                CLASSIC_MEMBERS,
                CLASSIC_PROPERTIES,
                CLASSIC_VO,
                CLASSIC_SHARE,
                CLASSIC_BACKGROUND,
                CLASSIC_SITES,
                VOMS_ROLE,
                VOMS_NAME,
                CLASSIC_VOMS_ROLE,
                CLASSIC_VOMS_NAME,
                CLASSIC_USER_DEFAULT_GROUP,
                HOST_DN,
                HOST_PROPERTIES);
    }
}
