/** Task queues: waiting jobs with equal requirements share one. */
@NullMarked
package org.diracee.wms.taskqueue.entity;

import org.jspecify.annotations.NullMarked;
