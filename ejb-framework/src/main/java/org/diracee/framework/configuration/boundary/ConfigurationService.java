/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.framework.configuration.boundary;

import static org.diracee.framework.log.boundary.FrameworkLog.LOG;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Map;
import java.util.Optional;
import org.diracee.kernel.access.OpenAccess;
import org.diracee.kernel.configuration.Configuration;
import org.jspecify.annotations.Nullable;

/**
 * The configuration in force, as an immutable snapshot: take it once per request or cycle and pass it on.
 *
 * <p>The snapshot is renewed in the background every {@value ConfigurationRefresh#PERIOD_SECONDS} seconds, so reading it
 * costs nothing and a database that is down leaves the last one in force.
 */
@ApplicationScoped
public class ConfigurationService {

    private static final long NONE = 0;

    private ConfigurationRevisions revisions;
    private volatile @Nullable Configuration snapshot;

    protected ConfigurationService() {} // for the container's proxy

    @Inject
    public ConfigurationService(ConfigurationRevisions revisions) {
        this.revisions = revisions;
    }

    /** The snapshot in force; only the very first call reads the database. */
    @OpenAccess("read by every part of the server; what a client may see is decided where it is shown")
    public Configuration current() {
        Configuration known = snapshot;
        return known != null ? known : first();
    }

    /** Whether a snapshot was read since the server started. */
    @OpenAccess("says nothing about the content")
    public boolean loaded() {
        return snapshot != null;
    }

    /** Takes over a newer revision if there is one; a failure leaves the last snapshot in force. */
    @OpenAccess("has no effect beyond what happens anyway every few seconds")
    public void refresh() {
        Configuration known = current();
        try {
            replace(known.revision());
        } catch (RuntimeException failure) {
            LOG.configurationNotRead(known.revision(), failure);
        }
    }

    private synchronized Configuration first() {
        Configuration known = snapshot;
        if (known != null) {
            return known;
        }
        revisions.seed();
        Optional<Configuration> found = revisions.newerThan(NONE);
        Configuration loaded = found.orElseGet(() -> new Configuration(NONE, Map.of()));
        snapshot = loaded;
        LOG.configurationInForce(loaded.revision());
        return loaded;
    }

    private synchronized void replace(long revision) {
        Optional<Configuration> newer = revisions.newerThan(revision);
        if (newer.isPresent()) {
            snapshot = newer.get();
            LOG.configurationInForce(newer.get().revision());
        }
    }
}
