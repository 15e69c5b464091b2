/**
 * What the pilot says of itself, on standard output and in the server's pilot log.
 */
@NullMarked
package org.diracee.pilot.log;

import org.jspecify.annotations.NullMarked;
