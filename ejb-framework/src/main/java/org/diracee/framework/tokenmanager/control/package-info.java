/** Settings of the tokens that are kept. */
@NullMarked
package org.diracee.framework.tokenmanager.control;

import org.jspecify.annotations.NullMarked;
