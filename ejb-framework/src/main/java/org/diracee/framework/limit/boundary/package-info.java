/** How often callers may call. */
@NullMarked
package org.diracee.framework.limit.boundary;

import org.jspecify.annotations.NullMarked;
