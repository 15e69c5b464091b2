/** What those who run an installation see and do: audit log, suspensions. */
@NullMarked
package org.diracee.web.administration;

import org.jspecify.annotations.NullMarked;
