/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.framework.resources.control;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.diracee.framework.configuration.boundary.ConfigurationCheck;
import org.diracee.framework.configuration.boundary.Finding;
import org.diracee.framework.registry.boundary.Registry;
import org.diracee.framework.resources.boundary.ComputingElement;
import org.diracee.framework.resources.boundary.ResourceOptions;
import org.diracee.framework.resources.boundary.Resources;
import org.diracee.framework.resources.boundary.Site;
import org.diracee.framework.resources.boundary.SiteQueue;
import org.diracee.kernel.configuration.Configuration;
import org.diracee.kernel.value.SiteName;
import org.diracee.kernel.value.VoName;

/** Finds resources that lack what they cannot be used without, or that name things which do not exist. */
@ApplicationScoped
public class ResourcesCheck implements ConfigurationCheck {

    @Override
    public List<Finding> check(Configuration configuration) {
        Search search = new Search(configuration);
        search.sites();
        search.storage();
        return search.findings;
    }

    /** One search through one configuration. */
    private static final class Search {

        private final Configuration configuration;
        private final Resources resources;
        private final Set<String> vos;
        private final List<Finding> findings = new ArrayList<>();

        Search(Configuration configuration) {
            this.configuration = configuration;
            this.resources = new Resources(configuration);
            this.vos = Registry.vosOf(configuration).stream().map(VoName::text).collect(Collectors.toSet());
        }

        void sites() {
            List<Site> sites = resources.sites();
            Set<String> usable =
                    sites.stream().map(Site::name).map(SiteName::text).collect(Collectors.toSet());
            Map<String, String> pathOfName = new HashMap<>();
            resources.sitePaths().forEach((path, name) -> {
                String other = pathOfName.putIfAbsent(name, path);
                if (other != null) {
                    findings.add(Finding.error(path, "", "There is a site of this name already: /" + other + "."));
                }
                if (!usable.contains(name)) {
                    findings.add(Finding.error(
                            path, "", "A site's name consists of letters, digits, dots, underscores or hyphens."));
                }
            });
            for (Site site : sites) {
                vos(site.path());
                site.computingElements().forEach(this::computingElement);
            }
        }

        void storage() {
            List<String> elements = configuration.names("Resources/StorageElements");
            for (String element : elements) {
                String path = ResourceOptions.BASE_SE.path().at(element);
                configuration
                        .option(path)
                        .filter(base -> !base.isBlank())
                        .filter(base -> resources.base(element).isEmpty())
                        .ifPresent(base -> findings.add(Finding.error(
                                path,
                                base,
                                "There is neither such a storage element nor such a base in"
                                        + " Resources/StorageElementBases.")));
            }
            resources.storageElementGroups().forEach((group, members) -> {
                String strangers = members.stream()
                        .filter(member -> !elements.contains(member))
                        .collect(Collectors.joining(", "));
                if (!strangers.isEmpty()) {
                    findings.add(Finding.warning(
                            ResourceOptions.SE_GROUP.path().at(group),
                            strangers,
                            "There is no storage element " + strangers + "."));
                }
            });
        }

        private void computingElement(ComputingElement element) {
            vos(element.path());
            if (configuration.option(element.path() + "/CEType").isEmpty()) {
                findings.add(Finding.warning(
                        element.path(), "", "The computing element has no CEType: its queues are not used."));
            }
            element.queues().forEach(this::queue);
        }

        private void queue(SiteQueue queue) {
            vos(queue.path());
            boolean hasLength = queue.nearestFirst().stream()
                    .anyMatch(level -> configuration.option(level + "/CPUTime").isPresent()
                            || configuration.option(level + "/maxCPUTime").isPresent());
            if (!hasLength) {
                findings.add(Finding.warning(
                        queue.path(), "", "The queue has neither CPUTime nor maxCPUTime: a day is assumed."));
            }
        }

        private void vos(String section) {
            String strangers = configuration.list(section + "/VO").stream()
                    .filter(vo -> !vos.contains(vo))
                    .collect(Collectors.joining(", "));
            if (!strangers.isEmpty()) {
                findings.add(Finding.warning(
                        section + "/VO", strangers, "There is no VO " + strangers + " in the registry."));
            }
        }
    }
}
