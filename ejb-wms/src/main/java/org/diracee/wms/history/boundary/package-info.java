/** The past of numbers of jobs and pilots: what was counted, once a minute, and later the averages of whole hours. */
@NullMarked
package org.diracee.wms.history.boundary;

import org.jspecify.annotations.NullMarked;
