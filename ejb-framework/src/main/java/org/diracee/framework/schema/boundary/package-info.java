/** Schemas of the modules: migrated when a persistence unit starts, one history per schema. */
@NullMarked
package org.diracee.framework.schema.boundary;

import org.jspecify.annotations.NullMarked;
