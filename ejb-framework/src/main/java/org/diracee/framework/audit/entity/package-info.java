/** The audit log as stored. */
@NullMarked
package org.diracee.framework.audit.entity;

import org.jspecify.annotations.NullMarked;
