/** Sealing of texts, and its key. */
@NullMarked
package org.diracee.framework.sealing.control;

import org.jspecify.annotations.NullMarked;
