/** The rules of job descriptions: what an attribute may say, how a sweep becomes jobs, what a job demands of a resource. */
@NullMarked
package org.diracee.wms.description.control;

import org.jspecify.annotations.NullMarked;
