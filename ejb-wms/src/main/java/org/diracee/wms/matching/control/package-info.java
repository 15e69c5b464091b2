/** Hands waiting jobs to pilots: each job to one pilot at a time, under a lease until it runs. */
@NullMarked
package org.diracee.wms.matching.control;

import org.jspecify.annotations.NullMarked;
