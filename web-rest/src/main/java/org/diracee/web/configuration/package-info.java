/**
 * The configuration as DiracX's clients read it. The document is ours; the view adds DiracX's defaults and types and leaves out
 * what DiracX does not know, because its clients refuse unknown names.
 */
@NullMarked
package org.diracee.web.configuration;

import org.jspecify.annotations.NullMarked;
