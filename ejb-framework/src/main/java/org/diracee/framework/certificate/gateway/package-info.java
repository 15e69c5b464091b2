/** The directories of CAs and of VOMS servers. */
@NullMarked
package org.diracee.framework.certificate.gateway;

import org.jspecify.annotations.NullMarked;
