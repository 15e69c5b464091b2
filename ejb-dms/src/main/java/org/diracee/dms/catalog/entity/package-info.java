/** The file catalogue as stored. */
@NullMarked
package org.diracee.dms.catalog.entity;

import org.jspecify.annotations.NullMarked;
