/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.matching.control;

import java.util.ArrayList;
import java.util.List;
import org.diracee.wms.matching.entity.WaitingJob;

/** A request while jobs are found for it. */
public final class Filling {

    private final JobRequest request;
    private final List<WaitingJob> jobs = new ArrayList<>();

    public Filling(JobRequest request) {
        this.request = request;
    }

    public JobRequest request() {
        return request;
    }

    /** How many jobs it still takes. */
    public int needs() {
        return request.jobs() - jobs.size();
    }

    public void add(WaitingJob job) {
        jobs.add(job);
    }

    public List<WaitingJob> jobs() {
        return jobs;
    }
}
