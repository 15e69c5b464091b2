/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.optimizer.gateway;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Collection;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.diracee.dms.catalog.boundary.CatalogReading;
import org.diracee.framework.configuration.boundary.ConfigurationService;
import org.diracee.framework.registry.boundary.Registry;
import org.diracee.framework.resources.boundary.Resources;
import org.diracee.framework.resources.boundary.StorageElement;
import org.diracee.kernel.access.Caller;
import org.diracee.kernel.access.Property;
import org.diracee.kernel.value.GroupName;
import org.diracee.kernel.value.InvalidValue;
import org.diracee.kernel.value.Lfn;
import org.diracee.kernel.value.UserName;
import org.diracee.kernel.value.VoName;
import org.diracee.wms.optimizer.boundary.InputDataCatalog;

/** The file catalogue of the VO, as far as the owner of jobs may read it and the storage elements let the VO read. */
@ApplicationScoped
public class CatalogReplicas implements InputDataCatalog {

    private CatalogReading catalog;
    private ConfigurationService configuration;
    private Registry registry;

    protected CatalogReplicas() {} // for the container's proxy

    @Inject
    public CatalogReplicas(CatalogReading catalog, ConfigurationService configuration, Registry registry) {
        this.catalog = catalog;
        this.configuration = configuration;
        this.registry = registry;
    }

    @Override
    public Map<String, List<Replica>> replicas(
            VoName vo, UserName owner, GroupName ownerGroup, Collection<String> lfns) {
        Map<Lfn, Set<String>> named = new HashMap<>();
        for (String text : lfns) {
            try {
                named.computeIfAbsent(new Lfn(text), none -> new HashSet<>()).add(text);
            } catch (InvalidValue impossible) {
                // no file has this name
            }
        }
        Map<String, List<Replica>> replicas = new HashMap<>();
        if (!named.isEmpty()) {
            Map<String, StorageElement> elements = new Resources(configuration.current())
                    .storageElements().stream().collect(Collectors.toMap(StorageElement::name, Function.identity()));
            catalog.replicas(asOwner(vo, owner, ownerGroup), named.keySet(), false)
                    .success()
                    .forEach((lfn, found) -> named.getOrDefault(lfn, Set.of())
                            .forEach(text -> replicas.put(
                                    text,
                                    found.stream()
                                            .map(replica -> replica.se().text())
                                            .filter(se -> !elements.containsKey(se)
                                                    || elements.get(se).mayBeReadBy(vo))
                                            .map(se -> new Replica(
                                                    se,
                                                    !elements.containsKey(se)
                                                            || !elements.get(se).isTapeAlone()))
                                            .toList())));
        }
        return replicas;
    }

    /** As the jobs will ask: managing the catalogue is not among a job's rights. */
    private Caller asOwner(VoName vo, UserName owner, GroupName group) {
        Set<Property> properties = EnumSet.noneOf(Property.class);
        properties.addAll(registry.properties(vo, group));
        properties.remove(Property.FILE_CATALOG_MANAGEMENT);
        return new Caller.User(owner.text(), owner, group, vo, properties);
    }
}
