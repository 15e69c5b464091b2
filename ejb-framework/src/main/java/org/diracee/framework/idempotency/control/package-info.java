/** The stored form of the ids that a request made. */
@NullMarked
package org.diracee.framework.idempotency.control;

import org.jspecify.annotations.NullMarked;
