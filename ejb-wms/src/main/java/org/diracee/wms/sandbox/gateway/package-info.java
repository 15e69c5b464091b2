/** Stores of sandbox archives. */
@NullMarked
package org.diracee.wms.sandbox.gateway;

import org.jspecify.annotations.NullMarked;
