/** Suspension: who and what is shut out until somebody lifts it, on every node within seconds. */
@NullMarked
package org.diracee.framework.suspension.boundary;

import org.jspecify.annotations.NullMarked;
