/** What of the audit log waits to be written. */
@NullMarked
package org.diracee.framework.audit.control;

import org.jspecify.annotations.NullMarked;
