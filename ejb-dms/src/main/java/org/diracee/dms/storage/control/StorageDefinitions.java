/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.dms.storage.control;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.diracee.dms.storage.boundary.StorageFailure;
import org.diracee.framework.resources.boundary.Resources;
import org.diracee.framework.resources.boundary.StorageElement;
import org.diracee.kernel.configuration.Configuration;
import org.diracee.kernel.configuration.DeclaredOption;
import org.diracee.kernel.value.InvalidValue;
import org.diracee.kernel.value.SeName;
import org.diracee.kernel.value.VoName;

/**
 * The storage elements that a configuration describes, and in which order VOs speak to them.
 *
 * @see "DMS reference 4.1 and 4.2"
 */
public record StorageDefinitions(Configuration configuration) {

    private static final String ELEMENTS = "Resources/StorageElements/";
    private static final int MOST_ALIASES = 10;

    /** Those that have a proper name and are no alias. */
    public List<StorageDefinition> all() {
        List<StorageDefinition> definitions = new ArrayList<>();
        for (StorageElement element : new Resources(configuration).storageElements()) {
            if (alias(element.name()).isEmpty()) {
                name(element.name()).map(name -> definition(name, element)).ifPresent(definitions::add);
            }
        }
        return List.copyOf(definitions);
    }

    /**
     * The storage element of this name, or that which the name is an alias of.
     *
     * @throws StorageFailure if there is none
     */
    public StorageDefinition get(SeName asked) {
        SeName name = asked;
        Set<SeName> seen = new HashSet<>();
        for (Optional<SeName> next = alias(name.text());
                next.isPresent() && seen.size() < MOST_ALIASES && seen.add(name);
                next = alias(name.text())) {
            name = next.get();
        }
        String found = name.text();
        SeName meant = name;
        return new Resources(configuration)
                .storageElements().stream()
                        .filter(element -> element.name().equals(found))
                        .filter(element -> alias(found).isEmpty())
                        .findFirst()
                        .map(element -> definition(meant, element))
                        .orElseThrow(() -> new StorageFailure(
                                StorageFailure.Reason.BROKEN,
                                "The configuration has no storage element " + asked
                                        + (meant.equals(asked) ? "" : ", which is an alias of " + meant)));
    }

    /** The endpoints that this server may use for that, in the order of the VO's protocols, local ones first. */
    public List<StorageEndpoint> endpoints(StorageDefinition definition, VoName vo, StorageUse use) {
        boolean writes = use == StorageUse.WRITE || use == StorageUse.REMOVE;
        StorageUse order = writes ? StorageUse.WRITE : StorageUse.READ;
        List<String> protocols = Optional.ofNullable(definition.protocols().get(order))
                .or(() -> (writes ? StorageOptions.WRITE_PROTOCOLS : StorageOptions.ACCESS_PROTOCOLS)
                        .find(configuration, vo))
                .orElse(List.of());
        boolean near = StorageOptions.LOCAL_SES
                .read(configuration)
                .contains(definition.name().text());
        return definition.endpoints().stream()
                .filter(endpoint -> near || !endpoint.local())
                .filter(endpoint -> protocols.isEmpty() || protocols.contains(endpoint.protocol()))
                .sorted(Comparator.<StorageEndpoint>comparingInt(endpoint -> protocols.indexOf(endpoint.protocol()))
                        .thenComparing(endpoint -> !endpoint.local()))
                .toList();
    }

    /** How often what can be repeated is asked of storage elements. */
    public int attempts(VoName vo) {
        return StorageOptions.ATTEMPTS.read(configuration, vo).intValue();
    }

    /** After how long nothing is tried again. */
    public Duration patience(VoName vo) {
        return StorageOptions.PATIENCE.read(configuration, vo);
    }

    /** The pause between two cleanings of our own storage elements. */
    public Duration cleaningPeriod() {
        return StorageOptions.CLEANING_POLLING.read(configuration);
    }

    /** How long an upload that nobody goes on with stays. */
    public Duration keptUnfinished() {
        return StorageOptions.KEPT_UNFINISHED.read(configuration);
    }

    private Optional<SeName> alias(String element) {
        return StorageOptions.ALIAS.find(configuration, element);
    }

    private static Optional<SeName> name(String text) {
        try {
            return Optional.of(new SeName(text));
        } catch (InvalidValue malformed) {
            return Optional.empty();
        }
    }

    private static StorageDefinition definition(SeName name, StorageElement element) {
        String section = ELEMENTS + name;
        Map<String, String> options = element.options();
        Map<StorageUse, String> statuses = new EnumMap<>(StorageUse.class);
        StorageOptions.ACCESS.forEach((use, option) ->
                statuses.put(use, option.findAmong(options, section).orElse("Active")));
        Map<StorageUse, List<String>> protocols = new EnumMap<>(StorageUse.class);
        ownOrder(StorageOptions.OWN_ACCESS_PROTOCOLS, options, section)
                .ifPresent(order -> protocols.put(StorageUse.READ, order));
        ownOrder(StorageOptions.OWN_WRITE_PROTOCOLS, options, section)
                .ifPresent(order -> protocols.put(StorageUse.WRITE, order));
        List<StorageEndpoint> endpoints = element.protocols().entrySet().stream()
                .map(protocol -> endpoint(name, protocol.getKey(), options, protocol.getValue()))
                .toList();
        return new StorageDefinition(
                name,
                StorageOptions.TIER.findAmong(options, section).orElse(StorageTier.DISK),
                StorageOptions.VOS.findAmong(options, section).orElse(List.of()),
                statuses,
                endpoints,
                protocols);
    }

    private static Optional<List<String>> ownOrder(
            DeclaredOption<List<String>> option, Map<String, String> options, String section) {
        return option.findAmong(options, section).filter(order -> !order.isEmpty());
    }

    private static StorageEndpoint endpoint(
            SeName se, String name, Map<String, String> inherited, Map<String, String> own) {
        String section = ELEMENTS + se + "/" + name;
        Map<String, String> options = new LinkedHashMap<>(inherited);
        options.putAll(own);
        return new StorageEndpoint(
                se,
                name,
                StorageOptions.PLUGIN_NAME.findAmong(own, section).orElse(name),
                StorageOptions.PROTOCOL.findAmong(own, section).orElse("https"),
                StorageOptions.ACCESS_FROM
                        .findAmong(own, section)
                        .filter("local"::equals)
                        .isPresent(),
                options);
    }
}
