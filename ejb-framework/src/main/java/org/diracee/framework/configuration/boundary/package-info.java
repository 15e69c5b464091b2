/** The configuration in force: a snapshot in memory, revisions in the database, a seed for the first start. */
@NullMarked
package org.diracee.framework.configuration.boundary;

import org.jspecify.annotations.NullMarked;
