/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
/**
 * The change feed: every change of a job's status in the order in which it can be read without missing any, from a cursor on. It reads
 * the job log, which is written in the transaction of each change, so nothing is told that did not happen, and nothing that happened is
 * left out.
 *
 * <p>Each node reads the log for all its listeners together, twice a second and only while there are any, into a window of the newest
 * changes. Who is too slow for the window reads the database.
 */
@NullMarked
package org.diracee.wms.feed.boundary;

import org.jspecify.annotations.NullMarked;
