/** The persistence unit of workload management, schema {@code wms}. */
@NullMarked
package org.diracee.wms.schema.boundary;

import org.jspecify.annotations.NullMarked;
