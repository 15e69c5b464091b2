/** Calls on many things, done to all of them or to none. */
@NullMarked
package org.diracee.framework.bulk.boundary;

import org.jspecify.annotations.NullMarked;
