/**
 * The port to the server, and what crosses it. The implementation speaks REST; the pilot knows only the port.
 */
@NullMarked
package org.diracee.pilot.control;

import org.jspecify.annotations.NullMarked;
