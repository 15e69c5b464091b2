/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.framework.configuration.boundary;

import java.util.List;
import org.diracee.kernel.configuration.Configuration;

/** Port by which a feature tells what is wrong in its part of a configuration beyond single options; a bean implements it. */
public interface ConfigurationCheck {

    /** What is wrong; never throws because of what the configuration says. */
    List<Finding> check(Configuration configuration);
}
