/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.sitedirector.boundary;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import org.diracee.framework.configuration.boundary.ConfigurationService;
import org.diracee.kernel.access.OpenAccess;
import org.diracee.kernel.value.VoName;
import org.diracee.wms.sitedirector.control.CeQueue;
import org.diracee.wms.sitedirector.control.SiteDirectorSettings;
import org.diracee.wms.taskqueue.boundary.ResourceDescription;

/** What pilots of the site director offer, as the configuration describes the queues that they are sent to. */
@ApplicationScoped
public class ConfiguredResources {

    private SiteDirectorSettings settings;
    private ConfigurationService configuration;

    protected ConfiguredResources() {} // for the container's proxy

    @Inject
    public ConfiguredResources(SiteDirectorSettings settings, ConfigurationService configuration) {
        this.settings = settings;
        this.configuration = configuration;
    }

    /** One per queue that serves the VO. */
    @OpenAccess("the calling service has checked the caller")
    public List<ResourceDescription> of(VoName vo) {
        return settings.queues(configuration.current()).stream()
                .filter(queue -> queue.serves(vo))
                .map(CeQueue::resource)
                .toList();
    }
}
