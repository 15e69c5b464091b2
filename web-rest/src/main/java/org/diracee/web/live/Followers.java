/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.web.live;

import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedExecutorService;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.Objects;
import org.diracee.wms.feed.boundary.ChangeFeed;
import org.diracee.wms.feed.boundary.ChangeNews;
import org.jspecify.annotations.Nullable;

/** What followers of jobs need of their surroundings, on this node. */
@ApplicationScoped
public class Followers {

    private ChangeFeed feed;
    private ChangeNews news;
    private Clock clock;

    @Resource
    private @Nullable ManagedExecutorService executor;

    protected Followers() {} // for the container's proxy

    @Inject
    public Followers(ChangeFeed feed, ChangeNews news, Clock clock) {
        this.feed = feed;
        this.news = news;
        this.clock = clock;
    }

    Follower.Sources sources() {
        return new Follower.Sources(feed, news, Objects.requireNonNull(executor), clock);
    }
}
