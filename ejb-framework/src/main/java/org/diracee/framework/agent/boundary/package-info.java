/** Periodic tasks that run once in the cluster: timer on every node, lease row with a fence. */
@NullMarked
package org.diracee.framework.agent.boundary;

import org.jspecify.annotations.NullMarked;
