/** The persistence unit of data management, schema {@code dms}. */
@NullMarked
package org.diracee.dms.schema.boundary;

import org.jspecify.annotations.NullMarked;
