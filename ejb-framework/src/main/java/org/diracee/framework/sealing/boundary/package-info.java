/** Keeps secrets in the database unreadable for whoever reads the database. */
@NullMarked
package org.diracee.framework.sealing.boundary;

import org.jspecify.annotations.NullMarked;
