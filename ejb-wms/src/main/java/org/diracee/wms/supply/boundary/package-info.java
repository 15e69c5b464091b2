/** What pilots have offered and taken of late, so that explanations know it on every node. */
@NullMarked
package org.diracee.wms.supply.boundary;

import org.jspecify.annotations.NullMarked;
