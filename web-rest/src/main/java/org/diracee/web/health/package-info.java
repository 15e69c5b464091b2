/** Health probes. */
@NullMarked
package org.diracee.web.health;

import org.jspecify.annotations.NullMarked;
