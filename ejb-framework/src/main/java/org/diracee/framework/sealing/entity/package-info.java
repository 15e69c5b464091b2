/** What the database knows of the key. */
@NullMarked
package org.diracee.framework.sealing.entity;

import org.jspecify.annotations.NullMarked;
