/** Rules of the file catalogue: what is where, who may do what. */
@NullMarked
package org.diracee.dms.catalog.control;

import org.jspecify.annotations.NullMarked;
