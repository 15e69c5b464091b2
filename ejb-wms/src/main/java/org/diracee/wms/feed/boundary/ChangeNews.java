/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.feed.boundary;

import static org.diracee.wms.log.boundary.WmsLog.LOG;

import jakarta.annotation.PreDestroy;
import jakarta.ejb.ConcurrencyManagement;
import jakarta.ejb.ConcurrencyManagementType;
import jakarta.ejb.Singleton;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.diracee.framework.configuration.boundary.ConfigurationService;
import org.diracee.kernel.access.Caller;
import org.diracee.kernel.access.OpenAccess;
import org.diracee.wms.feed.control.ChangeWindow;
import org.diracee.wms.feed.control.FeedSettings;
import org.diracee.wms.feed.control.NodeState;
import org.jspecify.annotations.Nullable;

/**
 * Reads the log once for all who listen on this node, {@value #PERIOD_MILLIS} ms after the last reading, and only while somebody
 * listens; then it tells them.
 */
@Singleton
@ConcurrencyManagement(ConcurrencyManagementType.BEAN)
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class ChangeNews {

    static final long PERIOD_MILLIS = 500;

    private final Map<Listener, String> listeners = new ConcurrentHashMap<>();
    private ChangeFeed feed;
    private ChangeWindow window;
    private NodeState node;
    private ConfigurationService configuration;
    private @Nullable ScheduledExecutorService reader;
    private @Nullable Future<?> reading;
    private boolean isDown;

    protected ChangeNews() {} // for the container's proxy

    @Inject
    public ChangeNews(ChangeFeed feed, ChangeWindow window, NodeState node, ConfigurationService configuration) {
        this.feed = feed;
        this.window = window;
        this.node = node;
        this.configuration = configuration;
    }

    /**
     * Tells the listener from now on.
     *
     * @throws TooManyListeners if the caller has as many as one may have, or the node
     */
    @OpenAccess("tells no more than that there is something; what, is read with the rights of the reader")
    public void add(Caller caller, Listener listener) {
        FeedSettings settings = new FeedSettings(configuration.current());
        synchronized (this) {
            if (listeners.size() >= settings.listenersPerNode()) {
                throw TooManyListeners.onNode(settings.listenersPerNode());
            }
            long own = listeners.values().stream()
                    .filter(caller.identity()::equals)
                    .count();
            if (own >= settings.listenersPerUser()) {
                throw TooManyListeners.ofUser(settings.listenersPerUser());
            }
            listeners.put(listener, caller.identity());
            if (reader == null) {
                // no managed one: those rest while the server is drained, and that is when streams must be ended
                reader = Executors.newSingleThreadScheduledExecutor(ChangeNews::thread);
                reading =
                        reader.scheduleWithFixedDelay(this::tick, PERIOD_MILLIS, PERIOD_MILLIS, TimeUnit.MILLISECONDS);
            }
        }
    }

    @OpenAccess("whoever listens may stop")
    public void remove(Listener listener) {
        synchronized (this) {
            listeners.remove(listener);
            if (listeners.isEmpty()) {
                rest();
            }
        }
    }

    /** Ends all that listen, because the node goes down. */
    @PreDestroy
    void stop() {
        Set<Listener> last;
        synchronized (this) {
            last = Set.copyOf(listeners.keySet());
            listeners.clear();
            rest();
        }
        for (Listener listener : last) {
            try {
                listener.end();
            } catch (RuntimeException broken) {
                LOG.debugf(broken, "a listener could not be told that the node goes down");
            }
        }
    }

    private void rest() {
        ScheduledExecutorService running = reader;
        Future<?> last = reading;
        if (running != null && last != null) {
            last.cancel(false);
            running.shutdown();
            reader = null;
            window.clear();
        }
    }

    private static Thread thread(Runnable work) {
        Thread thread = new Thread(work, "job-changes");
        thread.setDaemon(true);
        return thread;
    }

    /** Never throws, or it would be the last time. */
    private void tick() {
        if (node.isDrained()) {
            stop();
            return;
        }
        boolean any = false;
        try {
            any = feed.refresh();
            isDown = false;
        } catch (RuntimeException databaseDown) {
            if (!isDown) {
                LOG.changesNotRead(databaseDown);
            }
            isDown = true;
        }
        for (Listener listener : listeners.keySet()) {
            try {
                listener.tell(any);
            } catch (RuntimeException broken) {
                LOG.debugf(broken, "a listener is left out");
                remove(listener);
            }
        }
    }

    /** Somebody who follows jobs. Its methods return at once. */
    public interface Listener {

        /** Called after each reading of the log; says whether there was anything new. */
        void tell(boolean any);

        /** The node goes down. */
        void end();
    }
}
