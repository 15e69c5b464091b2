/** Settings of cleaning. */
@NullMarked
package org.diracee.framework.cleaning.control;

import org.jspecify.annotations.NullMarked;
