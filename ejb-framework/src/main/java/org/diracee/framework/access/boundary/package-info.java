/** Enforces what service methods require of their callers. */
@NullMarked
package org.diracee.framework.access.boundary;

import org.jspecify.annotations.NullMarked;
