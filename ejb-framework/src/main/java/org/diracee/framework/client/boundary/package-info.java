/** Programs with an identity of their own, as the registry declares them: who they are and what they may ask for. */
@NullMarked
package org.diracee.framework.client.boundary;

import org.jspecify.annotations.NullMarked;
