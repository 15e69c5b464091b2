/** Secrets that the administrators of the server keep outside the configuration, which names them. */
@NullMarked
package org.diracee.framework.credential.boundary;

import org.jspecify.annotations.NullMarked;
