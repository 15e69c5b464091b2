/** Log-ins: the OAuth2 device flow and its approval by a person. */
@NullMarked
package org.diracee.framework.login.boundary;

import org.jspecify.annotations.NullMarked;
