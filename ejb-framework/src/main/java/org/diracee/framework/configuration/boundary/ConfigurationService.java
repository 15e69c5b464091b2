/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.framework.configuration.boundary;

import static org.diracee.framework.log.boundary.FrameworkLog.LOG;

import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.TransactionPhase;
import jakarta.inject.Inject;
import java.util.Optional;
import org.diracee.framework.configuration.control.ConfigurationCommitted;
import org.diracee.framework.configuration.control.ConfigurationDocument;
import org.diracee.framework.configuration.control.ConfigurationNews;
import org.diracee.framework.configuration.control.HeldConfiguration;
import org.diracee.kernel.access.OpenAccess;
import org.diracee.kernel.configuration.Configuration;
import org.jspecify.annotations.Nullable;

/**
 * The configuration in force, as an immutable snapshot: take it once per request or cycle and pass it on.
 *
 * <p>A revision made on another node arrives by {@link ConfigurationNews}; should the news be lost, it is found in the database
 * within {@value ConfigurationRefresh#PERIOD_SECONDS} seconds. Reading costs nothing, and a database that is down leaves the
 * last snapshot in force.
 */
@ApplicationScoped
public class ConfigurationService {

    private static final HeldConfiguration EMPTY = new HeldConfiguration(Revision.NONE, ConfigurationDocument.empty());

    private ConfigurationRevisions revisions;
    private ConfigurationNews news;
    private volatile @Nullable HeldConfiguration held;

    protected ConfigurationService() {} // for the container's proxy

    @Inject
    public ConfigurationService(ConfigurationRevisions revisions, ConfigurationNews news) {
        this.revisions = revisions;
        this.news = news;
    }

    @PostConstruct
    void listen() {
        news.listen(revision -> refresh());
    }

    /** The snapshot in force; only the very first call reads the database. */
    @OpenAccess("read by every part of the server; what a client may see is decided where it is shown")
    public Configuration current() {
        return held().snapshot();
    }

    /** The revision in force with its document; only the very first call reads the database. */
    @OpenAccess("read by the services that check the caller")
    public HeldConfiguration held() {
        HeldConfiguration known = held;
        return known != null ? known : first();
    }

    /** Whether a snapshot was read since the server started. */
    @OpenAccess("says nothing about the content")
    public boolean loaded() {
        return held != null;
    }

    /** Takes over a newer revision if there is one; a failure leaves the last snapshot in force. */
    @OpenAccess("has no effect beyond what happens anyway every few seconds")
    public void refresh() {
        long known = held().revision().number();
        try {
            revisions.newerThan(known).ifPresent(this::take);
        } catch (RuntimeException failure) {
            LOG.configurationNotRead(known, failure);
        }
    }

    /** A commit of this node is in force here at once, and the other nodes are told. */
    void committed(@Observes(during = TransactionPhase.AFTER_SUCCESS) ConfigurationCommitted committed) {
        take(committed.configuration());
        news.announce(committed.configuration().revision().number());
    }

    private synchronized HeldConfiguration first() {
        HeldConfiguration known = held;
        if (known != null) {
            return known;
        }
        revisions.seed();
        Optional<HeldConfiguration> found = revisions.newerThan(Revision.NONE.number());
        HeldConfiguration loaded = found.orElse(EMPTY);
        held = loaded;
        LOG.configurationInForce(loaded.revision().number());
        return loaded;
    }

    private synchronized void take(HeldConfiguration other) {
        HeldConfiguration known = held;
        if (known == null || known.revision().number() < other.revision().number()) {
            held = other;
            LOG.configurationInForce(other.revision().number());
        }
    }
}
