/** The documents under /.well-known. */
@NullMarked
package org.diracee.web.discovery;

import org.jspecify.annotations.NullMarked;
