/** The snapshots of counters in the database. */
@NullMarked
package org.diracee.wms.history.entity;

import org.jspecify.annotations.NullMarked;
