/** A server for tests of the pilot. */
@NullMarked
package org.diracee.pilot;

import org.jspecify.annotations.NullMarked;
