/** Pilots over HTTP: their log-in, what they report, what users see of them. */
@NullMarked
package org.diracee.web.pilots;

import org.jspecify.annotations.NullMarked;
