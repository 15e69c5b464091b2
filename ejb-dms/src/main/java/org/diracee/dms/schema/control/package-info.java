/** Wiring of the persistence unit of data management. */
@NullMarked
package org.diracee.dms.schema.control;

import org.jspecify.annotations.NullMarked;
