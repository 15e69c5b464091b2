/** Whether a node can work. */
@NullMarked
package org.diracee.framework.health.boundary;

import org.jspecify.annotations.NullMarked;
