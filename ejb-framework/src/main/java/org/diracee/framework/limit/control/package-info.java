/** Token buckets and their settings. */
@NullMarked
package org.diracee.framework.limit.control;

import org.jspecify.annotations.NullMarked;
