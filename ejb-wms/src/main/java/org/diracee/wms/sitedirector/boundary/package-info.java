/**
 * The site director: submits pilots to computing elements while work waits for them, follows them and notes their end.
 *
 * <p>Decisions: a pilot is committed before it is started, and what a crash left in between is reconciled by asking the
 * computing element; each computing element is served on its own, so a stuck one delays no other; kinds of computing
 * elements are adapters behind {@link org.diracee.wms.sitedirector.control.ComputingElement}.
 */
@NullMarked
package org.diracee.wms.sitedirector.boundary;

import org.jspecify.annotations.NullMarked;
