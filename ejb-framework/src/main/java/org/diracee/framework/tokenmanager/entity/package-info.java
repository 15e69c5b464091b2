/** The table of tokens that are kept, all of them sealed. */
@NullMarked
package org.diracee.framework.tokenmanager.entity;

import org.jspecify.annotations.NullMarked;
