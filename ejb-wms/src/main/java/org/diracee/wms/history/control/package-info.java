/** Settings of the history of jobs and pilots. */
@NullMarked
package org.diracee.wms.history.control;

import org.jspecify.annotations.NullMarked;
