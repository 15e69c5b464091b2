/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.framework.resources.boundary;

import java.util.List;
import org.diracee.kernel.value.SiteName;

/**
 * A place with computing elements.
 *
 * @param path of its section in the configuration
 */
public record Site(SiteName name, String path, List<ComputingElement> computingElements) {

    public Site {
        computingElements = List.copyOf(computingElements);
    }
}
