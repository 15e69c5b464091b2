/** The file catalogue over HTTP. */
@NullMarked
package org.diracee.web.files;

import org.jspecify.annotations.NullMarked;
