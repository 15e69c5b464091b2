/** User metadata as stored. */
@NullMarked
package org.diracee.dms.metadata.entity;

import org.jspecify.annotations.NullMarked;
