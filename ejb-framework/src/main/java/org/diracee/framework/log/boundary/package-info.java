/** The framework's messages for operators. */
@NullMarked
package org.diracee.framework.log.boundary;

import org.jspecify.annotations.NullMarked;
