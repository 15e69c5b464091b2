/**
 * The job description language: a parser and a printer of the ClassAd syntax that DIRAC's users write.
 *
 * <p>Decisions: values carry no expressions, so a bare word is an error that says so instead of a reference that is silently
 * undefined; attribute names are found in any case but printed as written; what cannot be printed cannot be built, hence
 * {@code parse(print(x))} equals {@code x} for every value.
 */
@NullMarked
package org.diracee.kernel.jdl;

import org.jspecify.annotations.NullMarked;
