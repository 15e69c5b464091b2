/** What can be wrong with resources beyond single options. */
@NullMarked
package org.diracee.framework.resources.control;

import org.jspecify.annotations.NullMarked;
