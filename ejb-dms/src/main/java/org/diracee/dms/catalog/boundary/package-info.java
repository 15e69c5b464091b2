/**
 * The file catalogue: names of files and directories, who may do what with them, where the replicas are, and how much there is. Its
 * instances share the tables; decision record 30 has the reasons.
 */
@NullMarked
package org.diracee.dms.catalog.boundary;

import org.jspecify.annotations.NullMarked;
