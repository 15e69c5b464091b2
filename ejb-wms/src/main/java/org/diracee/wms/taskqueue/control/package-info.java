/** Settings of task queues. */
@NullMarked
package org.diracee.wms.taskqueue.control;

import org.jspecify.annotations.NullMarked;
