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
import org.diracee.wms.sandbox.control.SandboxAnnouncements;
import org.diracee.wms.sandbox.control.SandboxRegistry;
import org.diracee.wms.sandbox.control.SandboxSettings;
import org.diracee.wms.sandbox.control.SandboxStorage;
import org.diracee.wms.sandbox.control.SandboxStorages;
import org.diracee.wms.sandbox.control.StoreAway;
import org.diracee.wms.sandbox.control.StoredPage;

/** Removes sandboxes that nobody needs, bytes that no row claims, and what broken transfers left; each in portions. */
@ApplicationScoped
public class SandboxCleaning {

    /** Longer than any transfer takes, and than it lies between its last byte and its registration. */
    private static final Duration UNCLAIMED_FOR = Duration.ofHours(1);

    private SandboxRegistry registry;
    private SandboxAnnouncements announcements;
    private SandboxStorages storages;
    private SandboxSettings settings;
    private Clock clock;

    /** Where the walk over the store goes on; forgetting it at a restart makes it begin anew. */
    private volatile Place walked = Place.BEGIN;

    private record Place(String kind, Optional<String> after) {
        static final Place BEGIN = new Place("", Optional.empty());

        Optional<String> in(SandboxStorage storage) {
            return after.filter(any -> storage.kind().equals(kind));
        }
    }

    protected SandboxCleaning() {} // for the container's proxy

    @Inject
    public SandboxCleaning(
            SandboxRegistry registry,
            SandboxAnnouncements announcements,
            SandboxStorages storages,
            SandboxSettings settings,
            Clock clock) {
        this.registry = registry;
        this.announcements = announcements;
        this.storages = storages;
        this.settings = settings;
        this.clock = clock;
    }

    /**
     * Cleans one portion of each kind.
     *
     * @throws StoreAway if the store cannot be used at all
     */
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
        for (SandboxPfn pfn : registry.announced(unclaimedSince, batch)) {
            unassigned.count(
                    pfn,
                    () -> !announcements.confirm(pfn)
                            && registry.forget(pfn, unclaimedSince)
                            && registry.removeOrphan(pfn));
        }
        SandboxStorage storage = storages.current();
        StoredPage page = storage.stored(unclaimedSince, walked.in(storage), batch);
        walked = new Place(storage.kind(), page.next());
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

    /** How a portion went; one sandbox that fails does not keep the others, a store that is away does. */
    private static final class Count {
        private int done;
        private int failed;

        void count(SandboxPfn pfn, BooleanSupplier removal) {
            try {
                if (removal.getAsBoolean()) {
                    done++;
                }
            } catch (StoreAway away) {
                throw away;
            } catch (RuntimeException failure) {
                LOG.sandboxNotCleaned(pfn.toString(), failure);
                failed++;
            }
        }
    }
}
