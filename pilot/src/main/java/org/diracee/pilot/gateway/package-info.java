/**
 * The REST API behind the port to the server.
 */
@NullMarked
package org.diracee.pilot.gateway;

import org.jspecify.annotations.NullMarked;
