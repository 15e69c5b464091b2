/** Task queues: waiting jobs with equal requirements share one. */
@NullMarked
package org.diracee.wms.taskqueue.boundary;

import org.jspecify.annotations.NullMarked;
