/** Jobs: accepted, scheduled, reported on, rescheduled, killed. Facts are written with few statements for many jobs; the
 * text of a job's description is made when asked for. */
@NullMarked
package org.diracee.wms.job.control;

import org.jspecify.annotations.NullMarked;
