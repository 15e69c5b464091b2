/** Who is shut out at one moment. */
@NullMarked
package org.diracee.framework.suspension.control;

import org.jspecify.annotations.NullMarked;
