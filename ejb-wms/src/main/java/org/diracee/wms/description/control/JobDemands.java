/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.description.control;

import org.diracee.kernel.jdl.JdlRecord;

/**
 * What decides in which task queue a job waits and when it is taken.
 *
 * @param site what the job's search column says: {@code ANY}, the site, the group's name or {@code Multiple}
 * @param requirements what a resource must fulfil, canonical: equal demands make equal records
 */
record JobDemands(String jobType, int priority, String site, JdlRecord requirements) {}
