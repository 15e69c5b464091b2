/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.dms.data.control;

import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.diracee.dms.catalog.boundary.Replica;
import org.diracee.framework.resources.boundary.ResourceOptions;
import org.diracee.framework.resources.boundary.Resources;
import org.diracee.kernel.configuration.Configuration;
import org.diracee.kernel.value.SeName;
import org.diracee.kernel.value.SiteName;

/**
 * Which replica is read rather than another: those near the reader first, disk before tape.
 *
 * @param near the storage elements of the reader's site
 * @param tapes those that keep files on tape alone
 */
public record SourceOrder(Set<String> near, Set<String> tapes) {

    public SourceOrder {
        near = Set.copyOf(near);
        tapes = Set.copyOf(tapes);
    }

    /** The order for a reader at a site; of one who does not say where he is, nothing is near. */
    public static SourceOrder of(Configuration configuration, Optional<SiteName> site) {
        Resources resources = new Resources(configuration);
        Set<String> near = new HashSet<>();
        Map<String, List<String>> groups = new HashMap<>(resources.storageElementGroups());
        resources.sites().stream()
                .filter(known -> site.filter(known.name()::equals).isPresent())
                .flatMap(known -> ResourceOptions.SITE_SE.readIn(configuration, List.of(known.path())).stream())
                .forEach(name -> {
                    near.add(name);
                    near.addAll(groups.getOrDefault(name, List.of()));
                });
        Set<String> tapes = new HashSet<>();
        resources.storageElements().stream()
                .filter(se -> se.options().getOrDefault("SEType", "").matches("[Tt][1-9][Dd]0"))
                .forEach(se -> tapes.add(se.name()));
        return new SourceOrder(near, tapes);
    }

    /** The storage elements of the replicas, the best first. */
    public List<SeName> sorted(List<Replica> replicas) {
        return replicas.stream()
                .map(Replica::se)
                .sorted(Comparator.comparing((SeName se) -> !near.contains(se.text()))
                        .thenComparing(se -> tapes.contains(se.text())))
                .toList();
    }
}
