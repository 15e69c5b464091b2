/** Sandboxes over HTTP: announcements and links with a token, bytes by signed links without one. */
@NullMarked
package org.diracee.web.sandboxes;

import org.jspecify.annotations.NullMarked;
