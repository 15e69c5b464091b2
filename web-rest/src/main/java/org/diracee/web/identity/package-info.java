/** Who sends a request: bearer tokens are checked for the server, callers handed to resources. */
@NullMarked
package org.diracee.web.identity;

import org.jspecify.annotations.NullMarked;
