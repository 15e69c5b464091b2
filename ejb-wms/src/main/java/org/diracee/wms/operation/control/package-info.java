/** What an operation does to jobs, and the rules and settings of operations. */
@NullMarked
package org.diracee.wms.operation.control;

import org.jspecify.annotations.NullMarked;
