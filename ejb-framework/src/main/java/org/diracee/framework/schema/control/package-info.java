/** The framework's own schema and entity manager. */
@NullMarked
package org.diracee.framework.schema.control;

import org.jspecify.annotations.NullMarked;
