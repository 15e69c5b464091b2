/**
 * Processes of a payload: started in a session of their own, found again in {@code /proc}, ended without a rest.
 *
 * <p>Decision: nothing here needs root, a cgroup or native code. A process belongs to a payload if it is in its session, carries
 * its mark in the environment, descends from one that does, or was seen to do so before.
 */
@NullMarked
package org.diracee.pilot.process;

import org.jspecify.annotations.NullMarked;
