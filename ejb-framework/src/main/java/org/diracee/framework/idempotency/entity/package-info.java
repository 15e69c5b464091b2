/** Idempotency keys as stored. */
@NullMarked
package org.diracee.framework.idempotency.entity;

import org.jspecify.annotations.NullMarked;
