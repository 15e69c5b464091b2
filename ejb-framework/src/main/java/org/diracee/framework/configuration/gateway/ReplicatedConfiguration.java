/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.framework.configuration.gateway;

import static org.diracee.framework.log.boundary.FrameworkLog.LOG;

import jakarta.annotation.PreDestroy;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedExecutorService;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.LongConsumer;
import org.diracee.framework.configuration.control.ConfigurationNews;
import org.infinispan.Cache;
import org.infinispan.context.Flag;
import org.infinispan.notifications.Listener;
import org.infinispan.notifications.cachelistener.annotation.CacheEntryCreated;
import org.infinispan.notifications.cachelistener.annotation.CacheEntryModified;
import org.infinispan.notifications.cachelistener.event.CacheEntryEvent;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the number of the revision in force in Infinispan's replicated cache. The document itself is read from the database:
 * whoever reaches the cluster's port can make nodes look there, and nothing else.
 */
@ApplicationScoped
public class ReplicatedConfiguration implements ConfigurationNews {

    private static final String IN_FORCE = "in force";

    @Resource(lookup = "java:jboss/infinispan/cache/dirac/configuration")
    private Cache<String, Long> cache;

    @Resource
    private ManagedExecutorService executor;

    private @Nullable Ear ear;

    @Override
    public void announce(long revision) {
        try {
            // without waiting: a node that hangs must not delay who commits
            cache.getAdvancedCache()
                    .withFlags(Flag.FORCE_ASYNCHRONOUS, Flag.IGNORE_RETURN_VALUES)
                    .put(IN_FORCE, revision);
        } catch (RuntimeException failure) {
            // the nodes look into the database anyway
            LOG.configurationNotAnnounced(revision, failure);
        }
    }

    @Override
    public void listen(LongConsumer listener) {
        Ear listening = new Ear(listener, executor);
        ear = listening;
        cache.addListener(listening);
    }

    @PreDestroy
    void stopListening() {
        if (ear != null) {
            cache.removeListener(ear);
        }
    }

    /** Hears what other nodes announce; leaves Infinispan's thread before it reads the database. */
    @Listener
    public static final class Ear {

        private final LongConsumer listener;
        private final ManagedExecutorService executor;

        Ear(LongConsumer listener, ManagedExecutorService executor) {
            this.listener = listener;
            this.executor = executor;
        }

        @CacheEntryCreated
        @CacheEntryModified
        public void heard(CacheEntryEvent<String, Long> event) {
            if (event.isPre() || event.isOriginLocal()) {
                return;
            }
            long revision = event.getValue();
            try {
                executor.execute(() -> listener.accept(revision));
            } catch (RejectedExecutionException busy) {
                LOG.configurationNewsMissed(revision, busy);
            }
        }
    }
}
