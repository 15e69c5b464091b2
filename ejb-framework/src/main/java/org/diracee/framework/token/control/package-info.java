/** Signing, claims and settings of tokens. */
@NullMarked
package org.diracee.framework.token.control;

import org.jspecify.annotations.NullMarked;
