/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.web.configuration;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.diracee.framework.registry.boundary.RegisteredVo;
import org.diracee.framework.registry.boundary.Registry;
import org.diracee.kernel.configuration.Configuration;
import org.diracee.kernel.value.GroupName;
import org.jspecify.annotations.Nullable;

/**
 * One revision of the configuration as DiracX shows it: every option it knows, with its default where nothing else is said, as
 * number, flag or list; null for what has no default. A value of the wrong type counts as not said. The registry may be in
 * DIRAC's classic layout; DiracX knows its own alone, so it is shown in that.
 *
 * @see "DiracX REST reference 11"
 */
final class ConfigurationView {

    private static final String OPERATIONS = "Operations";
    private static final String REGISTRY = "Registry";
    private static final String DEFAULTS = "Defaults";
    private static final String COMPATIBILITY = "Resources/Computing/OSCompatibility";

    /** Sections of Operations that may hold anything. */
    private static final List<String> FREE = List.of(
            "Cloud",
            "DataConsistency",
            "DataManagement",
            "EMail",
            "GaudiExecution",
            "Hospital",
            "JobScheduling",
            "JobTypeMapping",
            "LogFiles",
            "LogStorage",
            "Logging",
            "Matching",
            "MonitoringBackends",
            "NagiosConnector",
            "Pilot",
            "Productions",
            "Shares",
            "Shifter",
            "SiteSEMappingByProtocol",
            "TransformationPlugins",
            "Transformations",
            "ResourceStatus");

    /** Parts of the document that may be anything. */
    private static final List<String> ANYTHING =
            List.of("LocalSite", "LogLevel", "MCTestingDestination", "Systems", "WebApp");

    private final Configuration configuration;

    private ConfigurationView(Configuration configuration) {
        this.configuration = configuration;
    }

    static Map<String, @Nullable Object> of(Configuration configuration) {
        return new ConfigurationView(configuration).document();
    }

    private Map<String, @Nullable Object> document() {
        Map<String, RegisteredVo> vos = new LinkedHashMap<>();
        Registry.contentsOf(configuration).forEach((name, vo) -> vos.put(name.text(), vo));
        Map<String, @Nullable Object> document = new LinkedHashMap<>();
        document.put("DIRAC", Map.of("NoSetup", new Section("DIRAC").flag("NoSetup", false)));
        document.put(OPERATIONS, operations(vos.keySet()));
        Map<String, Object> registry = new LinkedHashMap<>();
        vos.forEach((name, vo) -> registry.put(name, registry(name, vo)));
        document.put(REGISTRY, registry);
        document.put("Resources", Map.of("Computing", Map.of("OSCompatibility", compatibility())));
        for (String name : ANYTHING) {
            document.put(name, configuration.tree().get(name));
        }
        return document;
    }

    private Map<String, Object> operations(Set<String> registered) {
        Set<String> vos = new LinkedHashSet<>(registered);
        for (String name : configuration.names(OPERATIONS)) {
            if (!name.equals(DEFAULTS) && configuration.hasSection(OPERATIONS + "/" + name)) {
                vos.add(name);
            }
        }
        Map<String, Object> operations = new LinkedHashMap<>();
        vos.forEach(vo -> operations.put(vo, operations(vo)));
        return operations;
    }

    private Map<String, @Nullable Object> operations(String vo) {
        Section options = new Section(OPERATIONS + "/" + vo, OPERATIONS + "/" + DEFAULTS);
        Map<String, @Nullable Object> view = new LinkedHashMap<>();
        view.put("EnableSecurityLogging", options.flag("EnableSecurityLogging", false));
        view.put("InputDataPolicy", inputDataPolicy(options.under("InputDataPolicy")));
        view.put("JobDescription", jobDescription(options.under("JobDescription")));
        Section services = options.under("Services");
        Section scheduling = services.under("JobScheduling");
        Map<String, @Nullable Object> shown = new LinkedHashMap<>();
        shown.put("Catalogs", services.anything("Catalogs"));
        shown.put(
                "JobMonitoring",
                Map.of("GlobalJobsInfo", services.under("JobMonitoring").flag("GlobalJobsInfo", true)));
        shown.put(
                "JobScheduling",
                ordered(
                        "EnableSharesCorrection", scheduling.flag("EnableSharesCorrection", false),
                        "MaxRescheduling", scheduling.number("MaxRescheduling", 3L)));
        view.put("Services", shown);
        view.put("SoftwareDistModule", options.text("SoftwareDistModule", "LocalSoftwareDist"));
        for (String name : FREE) {
            view.put(name, options.anything(name));
        }
        return view;
    }

    private static Map<String, @Nullable Object> inputDataPolicy(Section policy) {
        Section protocols = policy.under("Protocols");
        return ordered(
                "Default",
                policy.text("Default", "Default = DIRAC.WorkloadManagementSystem.Client.InputDataByProtocol"),
                "Download",
                policy.text("Download", "DIRAC.WorkloadManagementSystem.Client.DownloadInputData"),
                "Protocol",
                policy.text("Protocol", "DIRAC.WorkloadManagementSystem.Client.InputDataByProtocol"),
                "AllReplicas",
                policy.flag("AllReplicas", true),
                "Protocols",
                ordered("Remote", protocols.list("Remote"), "Local", protocols.list("Local")),
                "InputDataModule",
                policy.text("InputDataModule", "DIRAC.Core.Utilities.InputDataResolution"));
    }

    /** The defaults are those in force here, of which the one for input data is DIRAC's. */
    private static Map<String, @Nullable Object> jobDescription(Section description) {
        List<String> types = description.list("AllowedJobTypes");
        return ordered(
                "DefaultCPUTime", description.number("DefaultCPUTime", 86_400L),
                "DefaultPriority", description.number("DefaultPriority", 1L),
                "MinCPUTime", description.number("MinCPUTime", 100L),
                "MinPriority", description.number("MinPriority", 0L),
                "MaxCPUTime", description.number("MaxCPUTime", 500_000L),
                "MaxPriority", description.number("MaxPriority", 10L),
                "MaxInputData", description.number("MaxInputData", 500L),
                "AllowedJobTypes", types.isEmpty() ? List.of("User", "Test", "Hospital") : types);
    }

    private Map<String, @Nullable Object> registry(String vo, RegisteredVo registered) {
        Section options = new Section(REGISTRY + "/" + vo, REGISTRY + "/VO/" + vo);
        Section provider = options.under("IdP");
        Section support = options.under("Support");
        Section byVo = new Section(REGISTRY + "/" + vo);
        Map<String, Object> users = new LinkedHashMap<>();
        Section people = byVo.under("Users");
        people.sections().forEach(subject -> users.put(subject, user(people.under(subject), subject, List.of(), vo)));
        registered
                .users()
                .forEach((subject, user) -> users.computeIfAbsent(subject, classic -> {
                    String name = user.username().text();
                    return user(new Section(REGISTRY + "/Users/" + name), name, user.dns(), vo);
                }));
        Map<String, Object> groups = new LinkedHashMap<>();
        Section all = byVo.under("Groups");
        all.sections()
                .forEach(group -> groups.put(
                        group, group(all.under(group), all.under(group).list("Users"))));
        registered
                .groups()
                .forEach((name, group) -> groups.computeIfAbsent(
                        name.text(), classic -> group(new Section(REGISTRY + "/Groups/" + classic), group.subjects())));
        return ordered(
                "IdP",
                ordered("URL", provider.text("URL", ""), "ClientID", provider.text("ClientID", "")),
                "Support",
                ordered(
                        "Email",
                        support.text("Email", null),
                        "Webpage",
                        support.text("Webpage", null),
                        "Message",
                        support.text("Message", "Please contact system administrator")),
                "DefaultGroup",
                byVo.given("DefaultGroup")
                        .or(() -> registered.defaultGroup().map(GroupName::text))
                        .orElse(""),
                "DefaultStorageQuota",
                options.decimal("DefaultStorageQuota", 0),
                "DefaultProxyLifeTime",
                options.number("DefaultProxyLifeTime", 43_200L),
                "VOMSName",
                options.text("VOMSName", null),
                "Users",
                users,
                "Groups",
                groups);
    }

    private static Map<String, @Nullable Object> user(Section user, String name, List<String> dns, String vo) {
        return ordered(
                "PreferedUsername", user.text("PreferedUsername", name),
                "DNs", dns.isEmpty() ? user.list("DNs") : dns,
                "Email", mail(user.text("Email", null)),
                "Suspended", suspended(user, vo),
                "Quota", user.number("Quota", null));
    }

    /** DiracX lists the VOs that have locked the person out; a mere flag means this one. */
    private static List<String> suspended(Section user, String vo) {
        Optional<Boolean> flag = user.given("Suspended").flatMap(ConfigurationView::truth);
        return flag.map(locked -> locked ? List.of(vo) : List.<String>of()).orElseGet(() -> user.list("Suspended"));
    }

    /** Its clients refuse the whole document for one address that is none. */
    private static @Nullable String mail(@Nullable String address) {
        return address != null && address.matches("[^@\\s]+@[^@\\s]+") ? address : null;
    }

    private static Map<String, @Nullable Object> group(Section group, Collection<String> members) {
        return ordered(
                "AutoAddVOMS", group.flag("AutoAddVOMS", false),
                "AutoUploadPilotProxy", group.flag("AutoUploadPilotProxy", false),
                "AutoUploadProxy", group.flag("AutoUploadProxy", false),
                "JobShare", Math.round(group.decimal("JobShare", 1000)),
                "Properties", sorted(group.list("Properties")),
                "Quota", group.number("Quota", null),
                "Users", sorted(members),
                "AllowBackgroundTQs", group.flag("AllowBackgroundTQs", false),
                "VOMSRole", group.text("VOMSRole", null),
                "AutoSyncVOMS", group.flag("AutoSyncVOMS", false));
    }

    private Map<String, Object> compatibility() {
        Map<String, Object> platforms = new LinkedHashMap<>();
        for (String platform : configuration.names(COMPATIBILITY)) {
            platforms.put(platform, sorted(configuration.list(COMPATIBILITY + "/" + platform)));
        }
        return platforms;
    }

    private static List<String> sorted(Collection<String> texts) {
        return texts.stream().distinct().sorted().toList();
    }

    private static Map<String, @Nullable Object> ordered(@Nullable Object... namesAndValues) {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            map.put(String.valueOf(namesAndValues[i]), namesAndValues[i + 1]);
        }
        return map;
    }

    private static Optional<Boolean> truth(String text) {
        return switch (text.strip().toLowerCase(Locale.ROOT)) {
            case "true", "yes", "y", "1", "on" -> Optional.of(true);
            case "false", "no", "n", "0", "off" -> Optional.of(false);
            default -> Optional.empty();
        };
    }

    /** A section, read before those that hold its defaults. */
    private final class Section {

        private final List<String> paths;

        Section(String... paths) {
            this.paths = List.of(paths);
        }

        Section under(String name) {
            return new Section(paths.stream().map(path -> path + "/" + name).toArray(String[]::new));
        }

        List<String> sections() {
            return paths.stream()
                    .flatMap(path -> configuration.names(path).stream()
                            .filter(name -> configuration.hasSection(path + "/" + name)))
                    .distinct()
                    .toList();
        }

        Optional<String> given(String name) {
            return paths.stream()
                    .flatMap(path -> configuration.option(path + "/" + name).stream())
                    .filter(text -> !text.isBlank())
                    .findFirst();
        }

        @Nullable
        String text(String name, @Nullable String standard) {
            return given(name).orElse(standard);
        }

        boolean flag(String name, boolean standard) {
            return given(name).flatMap(ConfigurationView::truth).orElse(standard);
        }

        @Nullable
        Long number(String name, @Nullable Long standard) {
            return given(name)
                    .map(String::strip)
                    .filter(text -> text.matches("[+-]?[0-9]{1,18}"))
                    .map(Long::valueOf)
                    .orElse(standard);
        }

        double decimal(String name, double standard) {
            try {
                double given = given(name).map(Double::parseDouble).orElse(standard);
                return Double.isFinite(given) ? given : standard;
            } catch (NumberFormatException notANumber) {
                return standard;
            }
        }

        List<String> list(String name) {
            return paths.stream()
                    .map(path -> path + "/" + name)
                    .filter(path -> configuration.option(path).isPresent())
                    .findFirst()
                    .map(configuration::list)
                    .orElse(List.of());
        }

        /** The whole section of this name, defaults included; null if there is none. */
        @Nullable
        Object anything(String name) {
            Map<String, Object> merged = new LinkedHashMap<>();
            List<String> farthestFirst = new ArrayList<>(paths);
            Collections.reverse(farthestFirst);
            boolean isThere = false;
            for (String path : farthestFirst) {
                if (subtree(path + "/" + name) instanceof Map<?, ?> section) {
                    merge(merged, section);
                    isThere = true;
                }
            }
            return isThere ? merged : null;
        }

        private static void merge(Map<String, Object> into, Map<?, ?> section) {
            section.forEach((key, value) -> {
                String name = String.valueOf(key);
                if (value instanceof Map<?, ?> inner) {
                    Map<String, Object> target = new LinkedHashMap<>();
                    if (into.get(name) instanceof Map<?, ?> before) {
                        merge(target, before);
                    }
                    merge(target, inner);
                    into.put(name, target);
                } else {
                    into.put(name, value);
                }
            });
        }
    }

    private @Nullable Object subtree(String path) {
        Object here = configuration.tree();
        for (String name : path.split("/", -1)) {
            here = here instanceof Map<?, ?> section ? section.get(name) : null;
        }
        return here;
    }
}
