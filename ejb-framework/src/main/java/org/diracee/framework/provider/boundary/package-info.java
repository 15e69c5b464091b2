/**
 * The OpenID providers at which members of a VO log in. We are their client: the code flow with PKCE, and the access tokens of
 * theirs that are meant for us.
 */
@NullMarked
package org.diracee.framework.provider.boundary;

import org.jspecify.annotations.NullMarked;
