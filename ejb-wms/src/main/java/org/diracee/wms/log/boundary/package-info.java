/** The messages of workload management for operators. */
@NullMarked
package org.diracee.wms.log.boundary;

import org.jspecify.annotations.NullMarked;
