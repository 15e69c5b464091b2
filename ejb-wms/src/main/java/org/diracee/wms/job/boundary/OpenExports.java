/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.job.boundary;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.diracee.framework.configuration.boundary.ConfigurationService;
import org.diracee.kernel.access.Caller;
import org.diracee.kernel.access.OpenAccess;
import org.diracee.wms.job.control.JobSettings;

/** How many searches each caller is writing out on this node: one takes a thread and the database for as long as it is read. */
@ApplicationScoped
public class OpenExports {

    private static final String OWN = "counts for who asks; the search itself is checked";

    private final ConcurrentMap<String, Integer> open = new ConcurrentHashMap<>();
    private ConfigurationService configuration;

    protected OpenExports() {} // for the container's proxy

    @Inject
    public OpenExports(ConfigurationService configuration) {
        this.configuration = configuration;
    }

    /**
     * Counts one that begins; {@link #end} must follow.
     *
     * @throws TooManyExports if the caller has as many open as one may have
     */
    @OpenAccess(OWN)
    public void begin(Caller caller) {
        int most = new JobSettings(configuration.current()).exportsPerUser();
        open.compute(caller.identity(), (identity, known) -> {
            int now = known == null ? 0 : known;
            if (now >= most) {
                throw new TooManyExports(most);
            }
            return now + 1;
        });
    }

    /** One has ended, however it did. */
    @OpenAccess(OWN)
    public void end(Caller caller) {
        open.computeIfPresent(caller.identity(), (identity, now) -> now == 1 ? null : now - 1);
    }
}
