/** Makes creating requests safe to repeat. */
@NullMarked
package org.diracee.framework.idempotency.boundary;

import org.jspecify.annotations.NullMarked;
