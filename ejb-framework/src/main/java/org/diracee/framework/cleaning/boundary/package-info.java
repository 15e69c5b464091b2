/** Deletes what the framework need not keep any longer. */
@NullMarked
package org.diracee.framework.cleaning.boundary;

import org.jspecify.annotations.NullMarked;
