/** Rules of pilots: secrets, who may change what, settings. */
@NullMarked
package org.diracee.wms.pilot.control;

import org.jspecify.annotations.NullMarked;
