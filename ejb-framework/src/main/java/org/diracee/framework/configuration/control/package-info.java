/**
 * The configuration document: what it may hold, its two text forms, differences, merges, and the import of old ones.
 *
 * <p>The document is DIRAC's tree with the comments of its authors, because people keep knowledge in them. Values are texts as
 * DIRAC's are; who reads one gives it a type. All of it is pure: revisions and rights are the boundary's.
 */
@NullMarked
package org.diracee.framework.configuration.control;

import org.jspecify.annotations.NullMarked;
