/** Signing keys and refresh tokens as stored. */
@NullMarked
package org.diracee.framework.token.entity;

import org.jspecify.annotations.NullMarked;
