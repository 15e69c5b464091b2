/** Commands on jobs. */
@NullMarked
package org.diracee.cli.job;

import org.jspecify.annotations.NullMarked;
