/** Explanation of who may do what. */
@NullMarked
package org.diracee.framework.policy.boundary;

import org.jspecify.annotations.NullMarked;
