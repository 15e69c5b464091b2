/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.taskqueue.boundary;

/** What a task queue says of its jobs and a resource of itself. */
public enum QueueField {
    CPU_TIME("CPUTime"),
    SITE("Site"),
    GRID_CE("GridCE"),
    PLATFORM("Platform"),
    JOB_TYPE("JobType"),
    OWNER("Owner"),
    OWNER_GROUP("OwnerGroup"),
    TAG("Tag");

    private final String text;

    QueueField(String text) {
        this.text = text;
    }

    /** The field's name in descriptions and requests. */
    public String text() {
        return text;
    }
}
