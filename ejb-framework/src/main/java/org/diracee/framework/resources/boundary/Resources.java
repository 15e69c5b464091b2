/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.framework.resources.boundary;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.diracee.kernel.configuration.Configuration;
import org.diracee.kernel.configuration.OptionType;
import org.diracee.kernel.value.SiteName;

/**
 * The resources that a configuration describes. Sites whose name is malformed are left out.
 *
 * @see "Framework reference 1.6"
 */
public record Resources(Configuration configuration) {

    private static final String SITES = "Resources/Sites";
    private static final String STORAGE_ELEMENTS = "Resources/StorageElements";
    private static final String BASES = "Resources/StorageElementBases";
    private static final String GROUPS = "Resources/StorageElementGroups";

    private static final OptionType<SiteName> SITE_NAME =
            OptionType.value("a site name: letters, digits, dots, underscores or hyphens", SiteName::new);

    /** The sites, which stand in sections per grid or without such. */
    public List<Site> sites() {
        List<Site> sites = new ArrayList<>();
        sitePaths().forEach((path, name) -> SITE_NAME.parse(name).ifPresent(site -> sites.add(site(site, path))));
        return List.copyOf(sites);
    }

    /** The name of the site at each path, be it well-formed or not. A section whose name has no dot is a grid if it has no CEs. */
    public Map<String, String> sitePaths() {
        Map<String, String> sites = new LinkedHashMap<>();
        for (String name : sections(SITES)) {
            String path = SITES + "/" + name;
            if (name.indexOf('.') >= 0 || configuration.hasSection(path + "/CEs")) {
                sites.put(path, name);
            } else {
                sections(path).stream()
                        .filter(site -> site.indexOf('.') >= 0)
                        .forEach(site -> sites.put(path + "/" + site, site));
            }
        }
        return sites;
    }

    /** The storage elements with what they inherit. */
    public List<StorageElement> storageElements() {
        return sections(STORAGE_ELEMENTS).stream().map(this::storageElement).toList();
    }

    /** Whether there is a storage element of this name, or none of any name. */
    public boolean mayBeStorageElement(String name) {
        return configuration.hasSection(STORAGE_ELEMENTS + "/" + name)
                || sections(STORAGE_ELEMENTS).isEmpty();
    }

    /** The path of the section that a storage element inherits from; empty if it has none or it does not exist. */
    public Optional<String> base(String storageElement) {
        return ResourceOptions.BASE_SE
                .find(configuration, storageElement)
                .flatMap(base -> List.of(BASES + "/" + base, STORAGE_ELEMENTS + "/" + base).stream()
                        .filter(path -> !path.equals(STORAGE_ELEMENTS + "/" + storageElement))
                        .filter(configuration::hasSection)
                        .findFirst());
    }

    /** The storage elements of each group. */
    public Map<String, List<String>> storageElementGroups() {
        Map<String, List<String>> groups = new LinkedHashMap<>();
        for (String group : configuration.names(GROUPS)) {
            groups.put(group, ResourceOptions.SE_GROUP.read(configuration, group));
        }
        return groups;
    }

    public List<NamedResource> fileCatalogs() {
        return named("Resources/FileCatalogs");
    }

    /** The identity providers; a secret among the options is a reference to the credential store. */
    public List<NamedResource> idProviders() {
        return named("Resources/IdProviders");
    }

    private Site site(SiteName name, String path) {
        List<ComputingElement> elements = new ArrayList<>();
        for (String element : sections(path + "/CEs")) {
            String elementPath = path + "/CEs/" + element;
            List<SiteQueue> queues = configuration.names(elementPath + "/Queues").stream()
                    .map(queue -> new SiteQueue(
                            name, element, queue, List.of(elementPath + "/Queues/" + queue, elementPath, path)))
                    .toList();
            elements.add(new ComputingElement(name, element, elementPath, queues));
        }
        return new Site(name, path, elements);
    }

    private StorageElement storageElement(String name) {
        List<String> levels = new ArrayList<>();
        base(name).ifPresent(levels::add);
        levels.add(STORAGE_ELEMENTS + "/" + name);
        Map<String, String> options = new LinkedHashMap<>();
        Map<String, Map<String, String>> protocols = new LinkedHashMap<>();
        for (String level : levels) {
            options.putAll(optionsOf(level));
            for (String protocol : sections(level)) {
                protocols
                        .computeIfAbsent(protocol, none -> new LinkedHashMap<>())
                        .putAll(withSections(level + "/" + protocol));
            }
        }
        return new StorageElement(name, options, protocols);
    }

    private List<NamedResource> named(String path) {
        return sections(path).stream()
                .map(name -> new NamedResource(name, optionsOf(path + "/" + name)))
                .toList();
    }

    /** The options of a section, and those of the sections in it as {@code VOPath/demo}. */
    private Map<String, String> withSections(String path) {
        Map<String, String> options = optionsOf(path);
        for (String section : sections(path)) {
            optionsOf(path + "/" + section).forEach((name, value) -> options.put(section + "/" + name, value));
        }
        return options;
    }

    private Map<String, String> optionsOf(String path) {
        Map<String, String> options = new LinkedHashMap<>();
        for (String name : configuration.names(path)) {
            configuration.option(path + "/" + name).ifPresent(value -> options.put(name, value));
        }
        return options;
    }

    private List<String> sections(String path) {
        return configuration.names(path).stream()
                .filter(name -> configuration.hasSection(path + "/" + name))
                .toList();
    }
}
