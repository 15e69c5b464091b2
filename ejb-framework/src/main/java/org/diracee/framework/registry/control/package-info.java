/** How the registry is read from a configuration, in DiracX's layout by VO and in DIRAC's classic one. */
@NullMarked
package org.diracee.framework.registry.control;

import org.jspecify.annotations.NullMarked;
