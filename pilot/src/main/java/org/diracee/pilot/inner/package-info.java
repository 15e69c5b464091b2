/**
 * Inner computing elements: where a payload runs within the slot, and what it sees of the worker node there.
 */
@NullMarked
package org.diracee.pilot.inner;

import org.jspecify.annotations.NullMarked;
