/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.optimizer.control;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.diracee.wms.description.boundary.ExpandedJob;
import org.diracee.wms.description.boundary.Requirements;
import org.diracee.wms.job.boundary.CheckedJob;
import org.diracee.wms.optimizer.boundary.InputDataCatalog.Replica;
import org.diracee.wms.optimizer.control.JobInCheck.DataSites;

/**
 * Chooses the sites where the job may run: those that it asks for, without the banned ones, that have its input data.
 *
 * @see "WMS reference 9"
 */
final class JobScheduling implements Optimizer {

    private static final String SITE_GROUP = "Group.";
    private static final String SEVERAL_SITES = "MultipleInput";

    private final FoundReplicas replicas;
    private final Map<String, Set<String>> sitesByStorageElement;
    private final StagingRight staging;

    JobScheduling(FoundReplicas replicas, Map<String, Set<String>> sitesByStorageElement, StagingRight staging) {
        this.replicas = replicas;
        this.sitesByStorageElement = sitesByStorageElement;
        this.staging = staging;
    }

    @Override
    public String name() {
        return CheckedJob.JOB_SCHEDULING;
    }

    @Override
    public Verdict judge(JobInCheck job) {
        ExpandedJob facts = job.validFacts();
        return job.dataSites()
                .map(data -> judge(job.job(), facts, data))
                .orElseGet(() -> new Schedules(facts.site(), facts.requirements()));
    }

    private Verdict judge(CheckedJob job, ExpandedJob facts, DataSites data) {
        Set<String> all = allowed(facts.requirements(), data.all());
        if (all.isEmpty()) {
            return new Refuses("Impossible InputData * Site requirements: the input data is at "
                    + String.join(", ", data.all())
                    + (facts.requirements().sites().isEmpty()
                            ? ", which BannedSites excludes"
                            : "; the job asks for "
                                    + String.join(", ", facts.requirements().sites())));
        }
        Set<String> online = allowed(facts.requirements(), data.online());
        if (online.isEmpty()) {
            return staging.obstacle(job.vo(), job.ownerGroup())
                    // held, it would wait for ever
                    .<Verdict>map(obstacle -> new Refuses("Input data not available: it must be staged from tape at "
                            + String.join(", ", all) + ", " + obstacle))
                    .orElseGet(() -> new Stages(leastToStage(job, facts, all)));
        }
        return new Schedules(site(facts, online), facts.requirements().at(List.copyOf(online)));
    }

    /** At the site that lacks the fewest files, which is the best one. */
    private Map<String, Set<String>> leastToStage(CheckedJob job, ExpandedJob facts, Set<String> sites) {
        return sites.stream()
                .map(site -> onTape(replicas.of(job), facts.soughtFiles(), site))
                .min(Comparator.comparingInt(Map::size))
                .orElseThrow();
    }

    private Map<String, Set<String>> onTape(FoundReplicas.Found found, List<String> files, String site) {
        Map<String, Set<String>> onTape = new TreeMap<>();
        for (String file : files) {
            List<Replica> near = found.replicas(file).stream()
                    .filter(replica -> sitesByStorageElement
                            .getOrDefault(replica.storageElement(), Set.of())
                            .contains(site))
                    .toList();
            if (near.stream().noneMatch(Replica::online)) {
                onTape.put(file, near.stream().map(Replica::storageElement).collect(Collectors.toSet()));
            }
        }
        return onTape;
    }

    private static Set<String> allowed(Requirements requirements, Set<String> sites) {
        Set<String> allowed = new TreeSet<>(sites);
        if (requirements.sites().isEmpty()) {
            requirements.bannedSites().forEach(allowed::remove);
        } else {
            allowed.retainAll(requirements.sites());
        }
        return allowed;
    }

    private static String site(ExpandedJob facts, Set<String> sites) {
        if (facts.site().startsWith(SITE_GROUP)) {
            return facts.site();
        }
        return sites.size() == 1 ? sites.iterator().next() : SEVERAL_SITES;
    }
}
