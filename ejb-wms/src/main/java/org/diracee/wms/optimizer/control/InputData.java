/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.optimizer.control;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.diracee.wms.job.boundary.CheckedJob;
import org.diracee.wms.optimizer.boundary.InputDataCatalog.Replica;
import org.diracee.wms.optimizer.control.FoundReplicas.Found;
import org.diracee.wms.optimizer.control.JobInCheck.DataSites;

/**
 * Finds the sites that are near a replica of every file of the job.
 *
 * @see "WMS reference 9"
 */
final class InputData implements Optimizer {

    private static final int NAMED = 3;

    private final FoundReplicas replicas;
    private final Map<String, Set<String>> sitesByStorageElement;

    InputData(FoundReplicas replicas, Map<String, Set<String>> sitesByStorageElement) {
        this.replicas = replicas;
        this.sitesByStorageElement = sitesByStorageElement;
    }

    @Override
    public String name() {
        return CheckedJob.INPUT_DATA;
    }

    @Override
    public Verdict judge(JobInCheck job) {
        return switch (replicas.of(job.job()).state()) {
            case NO_CATALOGUE ->
                new Refuses("Input data not available: this installation has no data management that knows replicas");
            case NO_ANSWER ->
                new Holds("the file catalogue does not answer: "
                        + replicas.of(job.job()).problem());
            case FOUND -> judge(job, replicas.of(job.job()));
        };
    }

    private Verdict judge(JobInCheck job, Found found) {
        List<String> files = job.validFacts().soughtFiles();
        List<String> missing =
                files.stream().filter(file -> found.replicas(file).isEmpty()).toList();
        if (!missing.isEmpty()) {
            return new Refuses("Input data not available: no replica of " + named(missing) + " (" + missing.size()
                    + " of " + files.size() + " files)");
        }
        DataSites sites = new DataSites(sites(files, found, true), sites(files, found, false));
        if (sites.all().isEmpty()) {
            Set<String> elements = new TreeSet<>();
            files.forEach(file -> found.replicas(file).forEach(replica -> elements.add(replica.storageElement())));
            return new Refuses("No candidate sites available: no site has all of the " + files.size()
                    + " files near it; they are at " + named(List.copyOf(elements)));
        }
        return new Passes(job.with(sites));
    }

    private Set<String> sites(List<String> files, Found found, boolean onlineOnly) {
        Set<String> common = null;
        for (String file : files) {
            Set<String> near = new TreeSet<>();
            for (Replica replica : found.replicas(file)) {
                if (replica.online() || !onlineOnly) {
                    near.addAll(sitesByStorageElement.getOrDefault(replica.storageElement(), Set.of()));
                }
            }
            if (common == null) {
                common = near;
            } else {
                common.retainAll(near);
            }
        }
        return common == null ? Set.of() : common;
    }

    private static String named(List<String> names) {
        List<String> shown = new ArrayList<>(names.subList(0, Math.min(NAMED, names.size())));
        if (names.size() > NAMED) {
            shown.add("...");
        }
        return String.join(", ", shown);
    }
}
