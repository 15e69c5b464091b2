/** Rows of pilots, their secrets, logs and outputs. */
@NullMarked
package org.diracee.wms.pilot.entity;

import org.jspecify.annotations.NullMarked;
