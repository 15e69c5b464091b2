/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.framework.configuration.boundary;

import java.util.List;
import org.diracee.kernel.configuration.DeclaredOption;

/** Port by which a feature makes known the options it reads; a bean of each feature implements it. */
public interface DeclaredOptions {

    List<DeclaredOption<?>> options();
}
