/** What those who run an installation, or a VO in it, can see and do that others cannot. */
@NullMarked
package org.diracee.framework.administration.boundary;

import org.jspecify.annotations.NullMarked;
