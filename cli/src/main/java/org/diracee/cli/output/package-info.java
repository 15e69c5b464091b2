/** How results are shown. */
@NullMarked
package org.diracee.cli.output;

import org.jspecify.annotations.NullMarked;
