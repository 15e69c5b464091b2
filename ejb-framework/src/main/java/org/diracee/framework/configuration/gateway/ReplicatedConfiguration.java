/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.framework.configuration.gateway;

import static org.diracee.framework.log.boundary.FrameworkLog.LOG;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Resource;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.function.Consumer;
import org.diracee.framework.configuration.boundary.Revision;
import org.diracee.framework.configuration.control.ConfigurationNews;
import org.diracee.framework.configuration.control.HeldConfiguration;
import org.infinispan.Cache;
import org.infinispan.notifications.Listener;
import org.infinispan.notifications.cachelistener.annotation.CacheEntryCreated;
import org.infinispan.notifications.cachelistener.annotation.CacheEntryModified;
import org.infinispan.notifications.cachelistener.event.CacheEntryEvent;
import org.jspecify.annotations.Nullable;

/** Keeps the revision in force in Infinispan's replicated cache, which every node of the cluster holds. */
@ApplicationScoped
public class ReplicatedConfiguration implements ConfigurationNews {

    private static final String CURRENT = "current";
    private static final JsonMapper JSON = new JsonMapper();

    @Resource(lookup = "java:jboss/infinispan/cache/dirac/configuration")
    private Cache<String, String> cache;

    private @Nullable Ear ear;

    @Override
    public void announce(Revision revision, String document) {
        try {
            cache.put(CURRENT, JSON.writeValueAsString(Announcement.of(revision, document)));
        } catch (JsonProcessingException | RuntimeException failure) {
            // the nodes look into the database anyway
            LOG.configurationNotAnnounced(revision.number(), failure);
        }
    }

    @Override
    public void listen(Consumer<HeldConfiguration> listener) {
        Ear listening = new Ear(listener);
        ear = listening;
        cache.addListener(listening);
    }

    @PreDestroy
    void stopListening() {
        if (ear != null) {
            cache.removeListener(ear);
        }
    }

    /** A revision in types that JSON knows. */
    private record Announcement(
            long number,
            String hash,
            String author,
            String subject,
            String origin,
            String message,
            String created,
            String document) {

        static Announcement of(Revision revision, String document) {
            return new Announcement(
                    revision.number(),
                    revision.hash(),
                    revision.author(),
                    revision.subject(),
                    revision.origin(),
                    revision.message(),
                    revision.created().toString(),
                    document);
        }

        HeldConfiguration read() {
            return HeldConfiguration.read(
                    new Revision(number, hash, author, subject, origin, message, Instant.parse(created)), document);
        }
    }

    /** Hears what other nodes put. */
    @Listener
    public static final class Ear {

        private final Consumer<HeldConfiguration> listener;

        Ear(Consumer<HeldConfiguration> listener) {
            this.listener = listener;
        }

        @CacheEntryCreated
        @CacheEntryModified
        public void heard(CacheEntryEvent<String, String> event) {
            if (event.isPre() || event.isOriginLocal() || !CURRENT.equals(event.getKey())) {
                return;
            }
            try {
                listener.accept(
                        JSON.readValue(event.getValue(), Announcement.class).read());
            } catch (JsonProcessingException | RuntimeException failure) {
                LOG.configurationNewsUnreadable(failure);
            }
        }
    }
}
