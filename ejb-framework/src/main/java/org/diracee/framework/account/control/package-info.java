/** Passwords and the file that accounts are created from. */
@NullMarked
package org.diracee.framework.account.control;

import org.jspecify.annotations.NullMarked;
