/** Commands on pilots. */
@NullMarked
package org.diracee.cli.pilot;

import org.jspecify.annotations.NullMarked;
