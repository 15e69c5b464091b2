/** Settings of the history of jobs. */
@NullMarked
package org.diracee.wms.history.control;

import org.jspecify.annotations.NullMarked;
