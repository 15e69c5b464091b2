/**
 * What the worker node offers: processors, memory, disk and time, seen through the limits of the batch system.
 */
@NullMarked
package org.diracee.pilot.slot;

import org.jspecify.annotations.NullMarked;
