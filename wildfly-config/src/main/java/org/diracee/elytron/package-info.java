/**
 * How a request proves who sent it.
 *
 * <p>One authentication mechanism instead of the server's several, because those try one another in turn: a request with
 * a bad token and a good certificate would go through as the certificate's user. Here an {@code Authorization} header
 * decides alone; without one the certificate of the TLS connection does. What a credential is worth is the application's knowledge; it registers a {@link
 * org.diracee.elytron.CredentialVerifier} when it starts, and the principal which that returns reaches the application
 * unchanged. The code lies in a module of the server, so a change needs a restart, not a redeployment.
 */
@NullMarked
package org.diracee.elytron;

import org.jspecify.annotations.NullMarked;
