/** Local accounts: passwords kept here for the demo and small sites, off by default. */
@NullMarked
package org.diracee.framework.account.boundary;

import org.jspecify.annotations.NullMarked;
