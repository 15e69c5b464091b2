/** Tells why jobs wait or have failed, and what a description would match. The conditions are those of the matcher, asked of the same code: there is no second opinion. */
@NullMarked
package org.diracee.wms.explanation.boundary;

import org.jspecify.annotations.NullMarked;
