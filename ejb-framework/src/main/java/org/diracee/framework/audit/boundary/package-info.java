/** The audit log: who did what that concerns security, with which credential, from where. */
@NullMarked
package org.diracee.framework.audit.boundary;

import org.jspecify.annotations.NullMarked;
