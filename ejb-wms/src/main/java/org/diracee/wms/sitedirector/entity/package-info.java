/** What was found of queues in the last rounds, and how tests of them go. */
@NullMarked
package org.diracee.wms.sitedirector.entity;

import org.jspecify.annotations.NullMarked;
