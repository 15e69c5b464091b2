/** Log-in, tokens and sessions: the routes under /api/auth and the page on which people approve. */
@NullMarked
package org.diracee.web.auth;

import org.jspecify.annotations.NullMarked;
