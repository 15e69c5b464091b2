/** Operations in the database: what is asked for, how far it has come, and what went wrong. */
@NullMarked
package org.diracee.wms.operation.entity;

import org.jspecify.annotations.NullMarked;
