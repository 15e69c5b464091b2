/** Who is behind what a job did. */
@NullMarked
package org.diracee.wms.trace.boundary;

import org.jspecify.annotations.NullMarked;
