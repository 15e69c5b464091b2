/** VOs, groups and users, read from the configuration; entries that cannot be used are left out and reported. */
@NullMarked
package org.diracee.framework.registry.boundary;

import org.jspecify.annotations.NullMarked;
