/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.job.control;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.diracee.kernel.access.Caller;
import org.diracee.kernel.access.Property;
import org.diracee.kernel.error.Forbidden;
import org.diracee.kernel.value.JobId;
import org.diracee.wms.job.boundary.StaleAttempt;
import org.diracee.wms.job.entity.JobColumn;
import org.diracee.wms.job.entity.JobCondition;
import org.diracee.wms.job.entity.JobRow;

/**
 * Who may change which jobs.
 *
 * <p>A normal user or a pilot who names one job that is not his is refused as a whole and learns nothing about it, not
 * even whether it exists: as DiracX does, he is told which jobs are not his <em>or</em> not there.
 *
 * @see "WMS reference 5"
 * @see "DiracX REST reference 5"
 */
public final class JobPolicy {

    private static final int SHOWN = 10;

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
                require(user.has(Property.NORMAL_USER));
                requireAllHis(user, asked, rows);
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

    /** The conditions that the jobs which the user may change meet, and no others. */
    public static List<JobCondition> changeableBy(Caller.User user) {
        List<JobCondition> conditions = new ArrayList<>();
        conditions.add(only(JobColumn.VO, user.vo().text()));
        if (!user.has(Property.JOB_ADMINISTRATOR)) {
            require(user.has(Property.NORMAL_USER));
            String owner = user.username().text();
            conditions.add(
                    user.has(Property.JOB_SHARING)
                            ? new JobCondition.BelongsTo(owner, user.group().text())
                            : only(JobColumn.OWNER, owner));
        }
        return conditions;
    }

    private static JobCondition only(JobColumn column, String value) {
        return new JobCondition.Texts(column, List.of(value), false);
    }

    private static boolean belongsTo(JobRow row, Caller.User user) {
        return row.vo().equals(user.vo())
                && (row.owner().equals(user.username())
                        || user.has(Property.JOB_SHARING) && row.ownerGroup().equals(user.group()));
    }

    private static void requireAllHis(Caller.User user, Collection<JobId> asked, Map<JobId, JobRow> rows) {
        List<JobId> others = asked.stream()
                .filter(id -> !rows.containsKey(id) || !belongsTo(rows.get(id), user))
                .sorted()
                .toList();
        if (!others.isEmpty()) {
            throw new Forbidden("Not yours, or not there: "
                    + others.stream().limit(SHOWN).map(JobId::toString).collect(Collectors.joining(", "))
                    + (others.size() > SHOWN ? " and " + (others.size() - SHOWN) + " more" : ""));
        }
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
