/** Settings of providers, what is remembered of their documents and keys, and what their tokens must be like. */
@NullMarked
package org.diracee.framework.provider.control;

import org.jspecify.annotations.NullMarked;
