/** The installation's own tokens: minted, checked, prolonged and revoked, with Ed25519 keys from the database. */
@NullMarked
package org.diracee.framework.token.boundary;

import org.jspecify.annotations.NullMarked;
