/** The tables of what pilots have offered and taken of late. */
@NullMarked
package org.diracee.wms.supply.entity;

import org.jspecify.annotations.NullMarked;
