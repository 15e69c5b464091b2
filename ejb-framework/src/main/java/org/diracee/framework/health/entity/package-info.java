/** The database's sign of life. */
@NullMarked
package org.diracee.framework.health.entity;

import org.jspecify.annotations.NullMarked;
