/** The past of numbers of jobs: what the counters said, once a minute, and later the averages of whole hours. */
@NullMarked
package org.diracee.wms.history.boundary;

import org.jspecify.annotations.NullMarked;
