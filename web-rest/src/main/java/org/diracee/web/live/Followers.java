/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.web.live;

import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedThreadFactory;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.Objects;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.diracee.wms.feed.boundary.ChangeFeed;
import org.diracee.wms.feed.boundary.ChangeNews;
import org.jspecify.annotations.Nullable;

/**
 * What followers need of their surroundings, on this node: threads of their own among it, so that nobody's slow work delays them. Many
 * followers share few threads, for a step of one takes no longer than it takes to pick changes from memory.
 */
@ApplicationScoped
public class Followers {

    private static final int THREADS = 8;

    /** More than one user may have open by default, so that one who reads no answers holds up nobody else's. */
    private static final int CLOSING_THREADS = 32;

    private static final long IDLE_SECONDS = 30;

    private ChangeFeed feed;
    private ChangeNews news;
    private Clock clock;
    private @Nullable ThreadPoolExecutor executor;
    private @Nullable ThreadPoolExecutor closing;

    @Resource
    private @Nullable ManagedThreadFactory threads;

    protected Followers() {} // for the container's proxy

    @Inject
    public Followers(ChangeFeed feed, ChangeNews news, Clock clock) {
        this.feed = feed;
        this.news = news;
        this.clock = clock;
    }

    @PostConstruct
    void start() {
        executor = pool(THREADS, Objects.requireNonNull(threads));
        // no managed one, and it is never shut down: answers are ended also when the node goes down
        closing = pool(CLOSING_THREADS, work -> {
            Thread thread = new Thread(work, "closes-streams");
            thread.setDaemon(true);
            return thread;
        });
    }

    private static ThreadPoolExecutor pool(int size, ThreadFactory threads) {
        ThreadPoolExecutor made = new ThreadPoolExecutor(
                size, size, IDLE_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), threads);
        made.allowCoreThreadTimeOut(true);
        return made;
    }

    @PreDestroy
    void stop() {
        Objects.requireNonNull(executor).shutdownNow();
    }

    OpenRequest.Sources sources() {
        return new OpenRequest.Sources(
                feed, news, Objects.requireNonNull(executor), Objects.requireNonNull(closing), clock);
    }
}
