/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.sandbox.boundary;

import static org.diracee.wms.log.boundary.WmsLog.LOG;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.diracee.framework.agent.boundary.CycleReport;
import org.diracee.kernel.access.Caller;
import org.diracee.kernel.access.CallerKind;
import org.diracee.kernel.access.Requires;
import org.diracee.wms.sandbox.control.SandboxRegistry;
import org.diracee.wms.sandbox.control.SandboxSettings;
import org.diracee.wms.sandbox.control.SandboxStorage;
import org.diracee.wms.sandbox.control.StoredPage;

/** Removes sandboxes that nobody needs, bytes that no row claims, and what broken transfers left; each in portions. */
@ApplicationScoped
public class SandboxCleaning {

    /** Longer than any transfer lies between its last byte and its registration. */
    private static final Duration UNCLAIMED_FOR = Duration.ofHours(1);

    private SandboxRegistry registry;
    private SandboxStorage storage;
    private SandboxSettings settings;
    private Clock clock;

    /** Where the walk over the store goes on; forgetting it at a restart makes it begin anew. */
    private volatile Optional<SandboxPfn> walked = Optional.empty();

    protected SandboxCleaning() {} // for the container's proxy

    @Inject
    public SandboxCleaning(SandboxRegistry registry, SandboxStorage storage, SandboxSettings settings, Clock clock) {
        this.registry = registry;
        this.storage = storage;
        this.settings = settings;
        this.clock = clock;
    }

    /** Cleans one portion of each kind. */
    @Requires(callers = CallerKind.SYSTEM)
    public CycleReport clean(Caller caller) {
        Instant now = clock.instant();
        int batch = settings.cleanUpBatch();
        Instant unreadSince = now.minus(settings.cleanUpDelay());
        Count unassigned = new Count();
        for (SandboxPfn pfn : registry.unassigned(unreadSince, batch)) {
            unassigned.count(pfn, () -> registry.forget(pfn, unreadSince) && registry.removeOrphan(pfn));
        }
        Instant unclaimedSince = now.minus(UNCLAIMED_FOR);
        StoredPage page = storage.stored(unclaimedSince, walked, batch);
        walked = page.next();
        Count orphans = new Count();
        for (SandboxPfn pfn : page.names()) {
            orphans.count(pfn, () -> registry.removeOrphan(pfn));
        }
        int leftovers = storage.removeLeftovers(unclaimedSince, batch);
        registry.removeOldKeys();
        int done = unassigned.done + orphans.done + leftovers;
        int failed = unassigned.failed + orphans.failed;
        if (done > 0) {
            LOG.sandboxesCleaned(unassigned.done, orphans.done, leftovers);
        }
        return new CycleReport(done + failed, done, failed);
    }

    /** How a portion went; one sandbox that fails does not keep the others. */
    private static final class Count {
        private int done;
        private int failed;

        void count(SandboxPfn pfn, BooleanSupplier removal) {
            try {
                if (removal.getAsBoolean()) {
                    done++;
                }
            } catch (RuntimeException failure) {
                LOG.sandboxNotCleaned(pfn.toString(), failure);
                failed++;
            }
        }
    }
}
