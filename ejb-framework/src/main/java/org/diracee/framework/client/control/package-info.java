/** The options of registered clients, and what can be wrong with them. */
@NullMarked
package org.diracee.framework.client.control;

import org.jspecify.annotations.NullMarked;
