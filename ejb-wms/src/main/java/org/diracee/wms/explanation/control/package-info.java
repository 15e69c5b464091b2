/** The rules of explanations: what keeps a job from a resource, what a failure was caused by, and how that is said. */
@NullMarked
package org.diracee.wms.explanation.control;

import org.jspecify.annotations.NullMarked;
