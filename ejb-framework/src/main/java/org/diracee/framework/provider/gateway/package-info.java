/** The way to providers: HTTP, bounded in time and size. */
@NullMarked
package org.diracee.framework.provider.gateway;

import org.jspecify.annotations.NullMarked;
