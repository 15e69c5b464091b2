/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.optimizer.control;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.diracee.wms.description.boundary.ExpandedJob;
import org.diracee.wms.description.boundary.Requirements;
import org.diracee.wms.job.boundary.CheckedJob;
import org.diracee.wms.optimizer.control.JobInCheck.DataSites;

/**
 * Chooses the sites where the job may run: those that it asks for, without the banned ones, that have its input data.
 *
 * @see "WMS reference 9"
 */
final class JobScheduling implements Optimizer {

    private static final String SITE_GROUP = "Group.";
    private static final String SEVERAL_SITES = "MultipleInput";

    @Override
    public String name() {
        return CheckedJob.JOB_SCHEDULING;
    }

    @Override
    public Verdict judge(JobInCheck job) {
        ExpandedJob facts = job.validFacts();
        return job.dataSites()
                .map(data -> judge(facts, data))
                .orElseGet(() -> new Schedules(facts.site(), facts.requirements()));
    }

    private static Verdict judge(ExpandedJob facts, DataSites data) {
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
            // held, it would wait for ever
            return new Refuses("Input data not available: it must be staged from tape at " + String.join(", ", all)
                    + ", which this installation cannot do");
        }
        return new Schedules(site(facts, online), facts.requirements().at(List.copyOf(online)));
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
