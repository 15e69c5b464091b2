/** Keeps what the providers of VOs gave their members at log-in, so that the providers can be asked in their name later. */
@NullMarked
package org.diracee.framework.tokenmanager.boundary;

import org.jspecify.annotations.NullMarked;
