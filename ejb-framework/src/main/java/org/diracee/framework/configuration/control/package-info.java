/** Rules of the configuration document. */
@NullMarked
package org.diracee.framework.configuration.control;

import org.jspecify.annotations.NullMarked;
