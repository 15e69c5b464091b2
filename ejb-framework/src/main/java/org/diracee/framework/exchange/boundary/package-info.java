/** Programs that log in as themselves, tokens for tokens, and tokens for storage and computing elements. */
@NullMarked
package org.diracee.framework.exchange.boundary;

import org.jspecify.annotations.NullMarked;
