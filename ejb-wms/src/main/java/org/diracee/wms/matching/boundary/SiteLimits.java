/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.matching.boundary;

import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Optional;
import org.diracee.framework.configuration.boundary.ConfigurationService;
import org.diracee.kernel.access.OpenAccess;
import org.diracee.kernel.value.SiteName;
import org.diracee.kernel.value.VoName;
import org.diracee.wms.matching.control.JobLimits;

/** Tells which limits hold for the jobs of a VO at a site, as matching applies them. */
@Stateless
public class SiteLimits {

    private JobLimits limits;
    private ConfigurationService configuration;

    protected SiteLimits() {} // for the container's proxy

    @Inject
    public SiteLimits(JobLimits limits, ConfigurationService configuration) {
        this.limits = limits;
        this.configuration = configuration;
    }

    /** All of them, reached or not. */
    @OpenAccess("the calling service has checked the caller")
    public List<SiteLimit> at(VoName vo, SiteName site, Optional<String> ce) {
        return limits.all(configuration.current(), vo, site, ce);
    }
}
