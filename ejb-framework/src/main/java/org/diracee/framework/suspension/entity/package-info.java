/** Suspensions as stored. */
@NullMarked
package org.diracee.framework.suspension.entity;

import org.jspecify.annotations.NullMarked;
