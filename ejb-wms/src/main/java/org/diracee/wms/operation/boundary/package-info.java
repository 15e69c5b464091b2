/** Work on many jobs that goes on after its request was answered, portion by portion. */
@NullMarked
package org.diracee.wms.operation.boundary;

import org.jspecify.annotations.NullMarked;
