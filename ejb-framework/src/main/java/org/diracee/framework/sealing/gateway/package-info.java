/** The key from the server's credential store. */
@NullMarked
package org.diracee.framework.sealing.gateway;

import org.jspecify.annotations.NullMarked;
