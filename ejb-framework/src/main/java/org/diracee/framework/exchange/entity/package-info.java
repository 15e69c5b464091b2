/** The assertions that clients have used. */
@NullMarked
package org.diracee.framework.exchange.entity;

import org.jspecify.annotations.NullMarked;
