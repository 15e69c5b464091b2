/** Agents: named, periodic tasks that run once in a cluster. */
@NullMarked
package org.diracee.framework.agent.control;

import org.jspecify.annotations.NullMarked;
