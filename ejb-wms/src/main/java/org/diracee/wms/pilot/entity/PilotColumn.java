/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.pilot.entity;

import java.util.Arrays;
import java.util.Optional;

/**
 * The columns of pilots that can be searched, in the order in which answers show them. Nothing else of a search becomes part
 * of a statement's text.
 *
 * @see "DiracX REST reference 6"
 */
public enum PilotColumn {
    PILOT_ID("PilotID", "id", Kind.NUMBER),
    INITIAL_JOB_ID("InitialJobID", "initial_job_id", Kind.NUMBER),
    CURRENT_JOB_ID("CurrentJobID", "current_job_id", Kind.NUMBER),
    PILOT_JOB_REFERENCE("PilotJobReference", "reference", Kind.TEXT),
    PILOT_STAMP("PilotStamp", "stamp", Kind.TEXT),
    DESTINATION_SITE("DestinationSite", "destination_site", Kind.TEXT),
    QUEUE("Queue", "queue", Kind.TEXT),
    GRID_SITE("GridSite", "grid_site", Kind.TEXT),
    VO("VO", "vo", Kind.TEXT),
    GRID_TYPE("GridType", "grid_type", Kind.TEXT),
    BENCH_MARK("BenchMark", "benchmark", Kind.REAL),
    SUBMISSION_TIME("SubmissionTime", "submission_time", Kind.TIME),
    LAST_UPDATE_TIME("LastUpdateTime", "last_update_time", Kind.TIME),
    STATUS("Status", "status", Kind.TEXT),
    STATUS_REASON("StatusReason", "status_reason", Kind.TEXT),
    ACCOUNTING_SENT("AccountingSent", "accounting_sent", Kind.TRUTH);

    /** What the values of a column are. */
    public enum Kind {
        NUMBER,
        REAL,
        TEXT,
        TIME,
        TRUTH
    }

    private final String diracName;
    private final String sqlName;
    private final Kind kind;

    PilotColumn(String diracName, String sqlName, Kind kind) {
        this.diracName = diracName;
        this.sqlName = sqlName;
        this.kind = kind;
    }

    /** The name by which clients know the column. */
    public String diracName() {
        return diracName;
    }

    public Kind kind() {
        return kind;
    }

    /** Whether the history tells pilots apart by it. */
    public boolean isCounted() {
        return this == VO || this == GRID_SITE || this == GRID_TYPE || this == STATUS;
    }

    String sqlName() {
        return sqlName;
    }

    public static Optional<PilotColumn> named(String diracName) {
        return Arrays.stream(values())
                .filter(column -> column.diracName.equals(diracName))
                .findFirst();
    }
}
