/** The one clock of the application. */
@NullMarked
package org.diracee.framework.time.control;

import org.jspecify.annotations.NullMarked;
