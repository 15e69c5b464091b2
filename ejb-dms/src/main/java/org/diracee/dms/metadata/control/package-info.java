/** Rules of user metadata: what queries mean, and which directories they select. */
@NullMarked
package org.diracee.dms.metadata.control;

import org.jspecify.annotations.NullMarked;
