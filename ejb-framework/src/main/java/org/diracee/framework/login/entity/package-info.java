/** Log-ins as stored. */
@NullMarked
package org.diracee.framework.login.entity;

import org.jspecify.annotations.NullMarked;
