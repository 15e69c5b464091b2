/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.job.entity;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * The columns of jobs that can be searched, sorted and grouped by, in the order in which answers show them. Nothing else
 * of a search ever becomes part of a statement's text.
 *
 * @see "DiracX REST reference 6"
 */
public enum JobColumn {
    JOB_ID("JobID", Kind.NUMBER),
    JOB_TYPE("JobType", Kind.TEXT),
    JOB_GROUP("JobGroup", Kind.TEXT),
    SITE("Site", Kind.TEXT),
    JOB_NAME("JobName", Kind.TEXT),
    CLIENT_REF("ClientRef", Kind.TEXT),
    OWNER("Owner", Kind.TEXT),
    OWNER_GROUP("OwnerGroup", Kind.TEXT),
    VO("VO", Kind.TEXT),
    SUBMISSION_TIME("SubmissionTime", Kind.TIME),
    RESCHEDULE_TIME("RescheduleTime", Kind.TIME),
    LAST_UPDATE_TIME("LastUpdateTime", Kind.TIME),
    START_EXEC_TIME("StartExecTime", Kind.TIME),
    HEART_BEAT_TIME("HeartBeatTime", Kind.TIME),
    END_EXEC_TIME("EndExecTime", Kind.TIME),
    STATUS("Status", Kind.TEXT),
    MINOR_STATUS("MinorStatus", Kind.TEXT),
    APPLICATION_STATUS("ApplicationStatus", Kind.TEXT),
    USER_PRIORITY("UserPriority", Kind.NUMBER),
    RESCHEDULE_COUNTER("RescheduleCounter", Kind.NUMBER),
    VERIFIED_FLAG("VerifiedFlag", Kind.TRUTH),
    ACCOUNTED_FLAG("AccountedFlag", Kind.TRUTH);

    /** What the values of a column are. */
    public enum Kind {
        NUMBER,
        TEXT,
        TIME,
        TRUTH
    }

    private static final Set<JobColumn> COUNTED =
            EnumSet.of(VO, OWNER, OWNER_GROUP, JOB_GROUP, SITE, JOB_TYPE, STATUS, MINOR_STATUS);

    private final String diracName;
    private final Kind kind;

    JobColumn(String diracName, Kind kind) {
        this.diracName = diracName;
        this.kind = kind;
    }

    /** The name by which clients know the column. */
    public String diracName() {
        return diracName;
    }

    public Kind kind() {
        return kind;
    }

    /** Whether the counters of jobs know this column, so that no job need be read to count by it. */
    public boolean isCounted() {
        return COUNTED.contains(this);
    }

    public static Optional<JobColumn> named(String diracName) {
        return Arrays.stream(values())
                .filter(column -> column.diracName.equals(diracName))
                .findFirst();
    }

    String sqlName() {
        return this == JOB_ID ? "id" : name().toLowerCase(Locale.ROOT);
    }
}
