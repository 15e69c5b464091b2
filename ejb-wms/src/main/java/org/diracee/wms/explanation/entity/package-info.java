/** What explanations read of jobs. */
@NullMarked
package org.diracee.wms.explanation.entity;

import org.jspecify.annotations.NullMarked;
