/** Adapters of computing elements, one kind each. */
@NullMarked
package org.diracee.wms.sitedirector.gateway;

import org.jspecify.annotations.NullMarked;
