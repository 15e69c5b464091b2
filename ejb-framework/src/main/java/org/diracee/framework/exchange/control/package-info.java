/** What tokens for others may allow, and how programs prove who they are. */
@NullMarked
package org.diracee.framework.exchange.control;

import org.jspecify.annotations.NullMarked;
