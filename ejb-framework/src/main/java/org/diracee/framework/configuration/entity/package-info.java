/** Revisions of the configuration as stored. */
@NullMarked
package org.diracee.framework.configuration.entity;

import org.jspecify.annotations.NullMarked;
