/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.framework.resources.boundary;

import java.util.List;
import org.diracee.kernel.value.SiteName;

/**
 * The gate of a site to its batch system.
 *
 * @param path of its section in the configuration
 */
public record ComputingElement(SiteName site, String name, String path, List<SiteQueue> queues) {

    public ComputingElement {
        queues = List.copyOf(queues);
    }
}
