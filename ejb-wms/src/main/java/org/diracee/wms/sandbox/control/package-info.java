/** Rules of sandboxes: who may do what, how links are signed, what a store of archives must promise. */
@NullMarked
package org.diracee.wms.sandbox.control;

import org.jspecify.annotations.NullMarked;
