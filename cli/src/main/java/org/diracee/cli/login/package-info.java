/** Commands that begin, show and end a session. */
@NullMarked
package org.diracee.cli.login;

import org.jspecify.annotations.NullMarked;
