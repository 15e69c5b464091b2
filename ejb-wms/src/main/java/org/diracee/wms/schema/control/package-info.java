/** Wiring of the persistence unit of workload management. */
@NullMarked
package org.diracee.wms.schema.control;

import org.jspecify.annotations.NullMarked;
