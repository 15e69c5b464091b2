/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.optimizer.control;

import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.diracee.kernel.error.DiracException;
import org.diracee.wms.description.boundary.ExpandedJob;
import org.diracee.wms.description.boundary.JobDescriptions;
import org.diracee.wms.job.boundary.CheckedJob;
import org.jspecify.annotations.Nullable;

/**
 * A job on its way through the chain with what is known of it so far.
 *
 * @param facts what its description says; absent if that is no longer valid
 * @param defect what is wrong with its description
 * @param dataSites where its input data lies, once that was found
 */
public record JobInCheck(
        CheckedJob job,
        @Nullable ExpandedJob facts,
        @Nullable String defect,
        Optional<DataSites> dataSites) {

    /**
     * Sites that have all the input data of a job.
     *
     * @param online those where it can be read at once
     * @param all these and those where some of it must be staged
     */
    public record DataSites(Set<String> online, Set<String> all) {

        public DataSites {
            online = new TreeSet<>(online);
            all = new TreeSet<>(all);
        }
    }

    /** Reads the job's description under the configuration of now. */
    public static JobInCheck of(CheckedJob job, JobDescriptions descriptions) {
        try {
            ExpandedJob facts = descriptions.again(job.description(), job.sweepIndex(), job.sweepValues(), job.id());
            return new JobInCheck(job, facts, null, Optional.empty());
        } catch (DiracException invalid) {
            return new JobInCheck(job, null, invalid.detail(), Optional.empty());
        }
    }

    /** How many files are sought for it. */
    public int files() {
        return facts == null ? 0 : facts.soughtFiles().size();
    }

    JobInCheck with(DataSites sites) {
        return new JobInCheck(job, facts, defect, Optional.of(sites));
    }

    /** What its description says; JobSanity lets no job pass without. */
    ExpandedJob validFacts() {
        if (facts == null) {
            throw new IllegalStateException("Job " + job.id() + " has passed JobSanity without a valid description");
        }
        return facts;
    }
}
