/** The log-in that one command leaves for the next: a file of tokens, shared with the {@code diracx} programs. */
@NullMarked
package org.diracee.cli.session;

import org.jspecify.annotations.NullMarked;
