/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.framework.configuration.control;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.UUID;

/** A configuration as a DIRAC of some years has one: sites, storage, VOs, groups, users, in DIRAC's own layout. */
public final class RealisticConfiguration {

    private static final String[] VOS = {"lhcb", "biomed", "belle", "ctao", "gridpp"};
    private static final String[] COUNTRIES = {"cern.ch", "ac.uk", "in2p3.fr", "infn.it", "gridka.de", "pic.es"};
    private static final String[] CE_TYPES = {"HTCondorCE", "AREX", "SSH"};
    private static final int SITES = 60;

    private final Random random = new Random(39);
    private final ConfigurationEditor editor = ConfigurationDocument.empty().edit();
    private final int users;

    private RealisticConfiguration(int users) {
        this.users = users;
    }

    /** The same document for the same number of users. */
    public static ConfigurationDocument withUsers(int users) {
        RealisticConfiguration configuration = new RealisticConfiguration(users);
        configuration.installation();
        configuration.registry();
        configuration.resources();
        configuration.operations();
        configuration.systems();
        return configuration
                .editor
                .closingComment("/", "End of the configuration")
                .document();
    }

    private void set(String path, Object value) {
        editor.set(path, value.toString());
    }

    private void installation() {
        set("/DIRAC/Configuration/Name", "Grid-Production");
        set("/DIRAC/Configuration/Version", "2026-11-01 08:15:00.123456");
        set("/DIRAC/Configuration/Servers", "https://cs1.grid.test:8443, https://cs2.grid.test:8443");
        set("/DIRAC/Configuration/AutoPublish", "yes");
        set("/DIRAC/Security/UseServerCertificate", "yes");
        editor.comment("/DIRAC", "Facts of the installation\n\nChanged by administrators only");
        editor.comment("/DIRAC/Configuration/Version", "set by every commit");
    }

    private void registry() {
        set("/Registry/DefaultGroup", "gridpp_user");
        editor.section("/Registry/Users");
        List<List<String>> members = new ArrayList<>();
        for (String vo : VOS) {
            set("/Registry/VO/" + vo + "/VOAdmin", "user00001");
            set("/Registry/VO/" + vo + "/VOMSName", vo);
            set(
                    "/Registry/VO/" + vo + "/VOMSServers/voms." + vo + ".test/DN",
                    "/DC=ch/DC=cern/OU=computers/CN=voms." + vo);
            set("/Registry/VO/" + vo + "/VOMSServers/voms." + vo + ".test/Port", 15000);
            members.add(new ArrayList<>());
        }
        for (int i = 1; i <= users; i++) {
            String name = String.format("user%05d", i);
            user("/Registry/Users/" + name, name, i);
            members.get(random.nextInt(VOS.length)).add(name);
        }
        for (int vo = 0; vo < VOS.length; vo++) {
            group(VOS[vo], "user", "NormalUser, PrivateLimitedDelegation", members.get(vo));
            group(VOS[vo], "prod", "NormalUser, ProductionManagement, JobSharing", List.of("user00001", "user00002"));
            group(VOS[vo], "pilot", "GenericPilot, LimitedDelegation", List.of("user00001"));
            group(VOS[vo], "admin", "NormalUser, CSAdministrator, JobAdministrator, Operator", List.of("user00003"));
        }
        editor.comment("/Registry/Users", "Synchronised with the VOMS servers every night");
    }

    private void user(String path, String name, int number) {
        set(
                path + "/DN",
                "/DC=org/DC=terena/DC=tcs/C=CH/O=Institute of Particle Physics/CN=" + name + " " + number
                        + ", /DC=ch/DC=cern/OU=Organic Units/OU=Users/CN=" + name + "/CN=" + (600_000 + number)
                        + "/CN=Person "
                        + name);
        set(
                path + "/CA",
                "/C=NL/O=GEANT Vereniging/CN=GEANT eScience Personal CA 4, "
                        + "/DC=ch/DC=cern/CN=CERN Grid Certification Authority");
        set(path + "/Email", name + "@" + COUNTRIES[number % COUNTRIES.length]);
        set(path + "/FullName", "Person " + name);
        set(path + "/ID", new UUID(random.nextLong(), random.nextLong()));
        set(path + "/DefaultGroup", VOS[number % VOS.length] + "_user");
        set(path + "/mobile", "+41 22 767 " + (10_000 + random.nextInt(90_000)));
        set(path + "/Quota", random.nextInt(100));
        if (number % 17 == 0) {
            set(path + "/Suspended", VOS[number % VOS.length]);
            editor.comment(path + "/Suspended", "left the collaboration");
        }
        if (number % 23 == 0) {
            editor.comment(path, "asked for by ticket " + number + "\nsee also = the registrar's list");
        }
    }

    private void group(String vo, String role, String properties, List<String> members) {
        String path = "/Registry/Groups/" + vo + "_" + role;
        set(path + "/Users", String.join(", ", members));
        set(path + "/Properties", properties);
        set(path + "/VO", vo);
        set(path + "/VOMSRole", "/" + vo + (role.equals("user") ? "" : "/Role=" + role));
        set(path + "/JobShare", 1000);
        set(path + "/AutoUploadProxy", "True");
    }

    private void resources() {
        for (int i = 0; i < SITES; i++) {
            String country = COUNTRIES[i % COUNTRIES.length];
            String domain = country.substring(country.indexOf('.') + 1);
            site("/Resources/Sites/LCG/LCG.Site" + i + "." + domain, i, country);
            storage("/Resources/StorageElements/SITE" + i, i, country);
        }
        set("/Resources/StorageElementGroups/SE-USER", "SITE0-USER, SITE1-USER, SITE2-USER");
        set("/Resources/Computing/OSCompatibility/x86_64-el9", "x86_64-el9, x86_64-el8, x86_64-el7");
        set("/Resources/FileCatalogs/FileCatalog/CatalogType", "FileCatalog");
        // members of the other VOs have accounts of the installation
        set("/Resources/IdProviders/lhcb-iam/issuer", "https://lhcb-auth.cern.test/");
        set("/Registry/VO/lhcb/IdProvider", "lhcb-iam");
        editor.closingComment("/Resources/Sites/LCG", "Sites that left are in the archive");
    }

    private void site(String path, int number, String country) {
        set(path + "/Name", "SITE-" + number);
        set(path + "/Coordinates", number + ".5:46." + number);
        set(path + "/Mail", "grid-support@site" + number + "." + country);
        set(path + "/SE", "SITE" + number + "-DST, SITE" + number + "-USER");
        editor.comment(path, "pledged " + number * 100 + " cores {2026}");
        for (int ce = 1 + random.nextInt(3); ce > 0; ce--) {
            String here = path + "/CEs/ce" + ce + ".site" + number + "." + country;
            set(here + "/CEType", CE_TYPES[random.nextInt(CE_TYPES.length)]);
            set(here + "/architecture", "x86_64");
            set(here + "/OS", "AlmaLinux 9");
            set(here + "/MaxRAM", 4096);
            set(here + "/Tag", "MultiProcessor, WholeNode");
            editor.comment(here, "a = b is no option here");
            for (int queue = 1 + random.nextInt(3); queue > 0; queue--) {
                String queues = here + "/Queues/queue" + queue;
                set(queues + "/maxCPUTime", 60 * (1 + random.nextInt(72)));
                set(queues + "/SI00", 2500);
                set(queues + "/VO", String.join(", ", VOS));
                set(queues + "/MaxTotalJobs", 1000 + random.nextInt(1000));
                set(queues + "/MaxWaitingJobs", 50);
                set(queues + "/XRSLExtraString", "(priority=50)(runtimeenvironment=\"ENV/PROXY\")");
                editor.comment(queues + "/SI00", "measured in " + (2015 + queue));
            }
        }
    }

    private void storage(String path, int number, String country) {
        for (String kind : new String[] {"DST", "USER"}) {
            String element = path + "-" + kind;
            set(element + "/BackendType", number % 2 == 0 ? "EOS" : "dCache");
            set(element + "/ReadAccess", "Active");
            set(element + "/WriteAccess", number % 9 == 0 ? "Banned" : "Active");
            set(element + "/GFAL2_XROOT/Protocol", "root");
            set(element + "/GFAL2_XROOT/Host", "xrootd.site" + number + "." + country);
            set(element + "/GFAL2_XROOT/Port", 1094);
            set(element + "/GFAL2_XROOT/Path", "//eos/grid/" + kind.toLowerCase(Locale.ROOT));
            set(element + "/GFAL2_XROOT/WSUrl", "/srm/v2/server?SFN=");
            set(element + "/GFAL2_XROOT/Access", "remote");
        }
    }

    private void operations() {
        String defaults = "/Operations/Defaults";
        set(defaults + "/JobDescription/AllowedJobTypes", "User, Test, Hospital, MCSimulation");
        set(defaults + "/JobDescription/MaxCPUTime", 500_000);
        set(defaults + "/JobScheduling/MaxRescheduling", 3);
        set(defaults + "/Services/Catalogs/CatalogList", "FileCatalog, TSCatalog");
        set(defaults + "/Pilot/Command/Test", "GetPilotVersion, CheckWorkerNode, InstallDIRAC");
        for (String vo : VOS) {
            set("/Operations/" + vo + "/Pilot/Version", "v9r0p" + random.nextInt(30));
            set("/Operations/" + vo + "/Shifter/DataManager/User", "user00002");
            set("/Operations/" + vo + "/Shifter/DataManager/Group", vo + "_prod");
            set("/Operations/" + vo + "/JobDescription/MaxCPUTime", 200_000);
            set("/Operations/" + vo + "/EMail/Production", vo + "-production@grid.test");
            editor.section("/Operations/" + vo + "/MonitoringBackends");
        }
        editor.comment("/Operations", "Behaviour; a VO overrides the defaults");
    }

    private void systems() {
        for (String agent : new String[] {"SiteDirector", "StalledJobAgent", "PilotSyncAgent"}) {
            set("/Systems/WorkloadManagement/Agents/" + agent + "/PollingTime", 120);
            editor.comment("/Systems/WorkloadManagement/Agents/" + agent + "/PollingTime", "seconds");
        }
        set("/Systems/WorkloadManagement/Services/Matcher/Port", 9170);
        set("/Systems/WorkloadManagement/Services/Matcher/Authorization/Default", "authenticated");
        set("/Systems/WorkloadManagement/URLs/Matcher", "dips://$MAINSERVERS$:9170/WorkloadManagement/Matcher");
        set("/Systems/WorkloadManagement/Databases/JobDB/Host", "db.grid.test");
    }
}
