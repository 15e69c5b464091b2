/** How many pilots to submit where, and what a computing element must be able to do. */
@NullMarked
package org.diracee.wms.sitedirector.entity;

import org.jspecify.annotations.NullMarked;
