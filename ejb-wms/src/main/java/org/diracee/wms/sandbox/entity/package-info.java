/** Rows of sandboxes and what they are assigned to. */
@NullMarked
package org.diracee.wms.sandbox.entity;

import org.jspecify.annotations.NullMarked;
