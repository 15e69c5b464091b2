/**
 * The pilot itself: its command line, its log-in, the loop that asks for jobs and ends for a reason.
 */
@NullMarked
package org.diracee.pilot.agent;

import org.jspecify.annotations.NullMarked;
