/** Codes and settings of log-ins. */
@NullMarked
package org.diracee.framework.login.control;

import org.jspecify.annotations.NullMarked;
