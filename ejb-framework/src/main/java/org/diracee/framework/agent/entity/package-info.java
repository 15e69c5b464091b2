/** Lease rows as stored. */
@NullMarked
package org.diracee.framework.agent.entity;

import org.jspecify.annotations.NullMarked;
