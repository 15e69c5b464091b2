/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.job.control;

import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;
import org.diracee.kernel.access.Caller;
import org.diracee.kernel.access.Property;
import org.diracee.kernel.error.Forbidden;
import org.diracee.kernel.value.JobId;
import org.diracee.wms.job.boundary.StaleAttempt;
import org.diracee.wms.job.entity.JobRow;

/**
 * Who may change which jobs.
 *
 * <p>A normal user or a pilot who names one job that is not his is refused as a whole and learns nothing about it, not
 * even whether it exists.
 *
 * @see "WMS reference 5"
 * @see "DiracX REST reference 5"
 */
public final class JobPolicy {

    private JobPolicy() {}

    /**
     * The jobs that the caller may change; those that are missing do not exist for him.
     *
     * @param asked the jobs that the caller named
     * @param found the ones of them that exist
     * @throws Forbidden if the caller may not change all of them
     * @throws StaleAttempt if the caller is an attempt that has lost its job
     */
    public static Map<JobId, JobRow> changeable(Caller caller, Collection<JobId> asked, Collection<JobRow> found) {
        Map<JobId, JobRow> rows = new TreeMap<>();
        found.forEach(row -> rows.put(row.id(), row));
        if (caller instanceof Caller.User user) {
            if (user.has(Property.JOB_ADMINISTRATOR)) {
                rows.values().removeIf(row -> !row.vo().equals(user.vo()));
            } else {
                require(user.has(Property.NORMAL_USER)
                        && asked.stream().allMatch(rows::containsKey)
                        && rows.values().stream().allMatch(row -> belongsTo(row, user)));
            }
        } else if (caller instanceof Caller.Pilot pilot) {
            require(asked.stream().allMatch(rows::containsKey)
                    && rows.values().stream().allMatch(row -> pilot.stamp().equals(row.pilot())));
        } else if (caller instanceof Caller.Job job) {
            require(asked.stream().allMatch(job.id()::equals));
            rows.values().forEach(row -> requireCurrent(job, row));
        }
        return rows;
    }

    private static boolean belongsTo(JobRow row, Caller.User user) {
        return row.vo().equals(user.vo())
                && (row.owner().equals(user.username())
                        || user.has(Property.JOB_SHARING) && row.ownerGroup().equals(user.group()));
    }

    private static void requireCurrent(Caller.Job job, JobRow row) {
        if (row.attempt() != job.attempt() || !job.pilot().equals(row.pilot())) {
            throw new StaleAttempt(job.id(), job.attempt());
        }
    }

    private static void require(boolean allowed) {
        if (!allowed) {
            throw new Forbidden();
        }
    }
}
