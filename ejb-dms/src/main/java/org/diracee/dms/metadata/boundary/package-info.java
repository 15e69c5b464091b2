/**
 * What users write about files and directories, and what they find by it: declared fields, values, queries, sets of conditions, and
 * datasets. Decision record 31 has the reasons.
 */
@NullMarked
package org.diracee.dms.metadata.boundary;

import org.jspecify.annotations.NullMarked;
