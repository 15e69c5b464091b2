/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.ban.boundary;

import static org.diracee.wms.log.boundary.WmsLog.LOG;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.TransactionPhase;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.diracee.kernel.access.OpenAccess;
import org.diracee.kernel.error.Unavailable;
import org.diracee.kernel.value.SiteName;
import org.diracee.kernel.value.VoName;
import org.jspecify.annotations.Nullable;

/**
 * The bans as this node knows them: asked for every request of a pilot, so they are in memory. A ban counts on the node that made it
 * when it is committed, and on all others within {@value BanRefresh#PERIOD_SECONDS} seconds and the time of a query. While the
 * database is away, what is known goes on counting.
 */
@ApplicationScoped
public class BanList {

    private static final String INTERNAL = "asked by the server itself";

    private BanRecords records;
    private Clock clock;
    private volatile @Nullable Map<BannedKind, Map<String, List<Ban>>> known;

    protected BanList() {} // for the container's proxy

    @Inject
    public BanList(BanRecords records, Clock clock) {
        this.records = records;
        this.clock = clock;
    }

    /** What keeps the VO's jobs from this place now, if anything does; of the site rather than of the computing element. */
    @OpenAccess(INTERNAL)
    public Optional<Ban> stopping(VoName vo, SiteName site, Optional<String> computingElement) {
        Map<BannedKind, Map<String, List<Ban>>> bans = current();
        if (bans.isEmpty()) {
            return Optional.empty();
        }
        Instant now = clock.instant();
        return at(bans, site.text(), computingElement)
                .filter(ban -> ban.concerns(vo) && ban.isInForce(now))
                .findFirst();
    }

    /**
     * Whether this place gets jobs of the VO, or, if none is named, of all VOs.
     *
     * @param site as pilots say it
     */
    @OpenAccess(INTERNAL)
    public boolean allows(Optional<VoName> vo, String site, Optional<String> computingElement) {
        Map<BannedKind, Map<String, List<Ban>>> bans = current();
        Instant now = clock.instant();
        return bans.isEmpty()
                || at(bans, site, computingElement)
                        .noneMatch(ban -> ban.isInForce(now)
                                && vo.map(ban::concerns)
                                        .orElseGet(() -> ban.vo().isEmpty()));
    }

    /** Those of the site before those of the computing element. */
    private static Stream<Ban> at(
            Map<BannedKind, Map<String, List<Ban>>> bans, String site, Optional<String> computingElement) {
        return Stream.concat(
                of(bans, BannedKind.SITE, Optional.of(site)),
                of(bans, BannedKind.COMPUTING_ELEMENT, computingElement.map(host -> host.toLowerCase(Locale.ROOT))));
    }

    private static Stream<Ban> of(
            Map<BannedKind, Map<String, List<Ban>>> bans, BannedKind kind, Optional<String> name) {
        return name.stream()
                .flatMap(known -> bans.getOrDefault(kind, Map.of()).getOrDefault(known, List.of()).stream());
    }

    /** Takes over what the database says; a failure leaves what is known in force. */
    @OpenAccess("has no effect beyond what happens anyway every second")
    public synchronized void refresh() {
        try {
            known = read();
        } catch (RuntimeException databaseDown) {
            LOG.debugf(databaseDown, "the bans could not be read; those that are known count on");
        }
    }

    /** What this node commits counts here at once. */
    void changed(@Observes(during = TransactionPhase.AFTER_SUCCESS) BansChanged news) {
        refresh();
    }

    private Map<BannedKind, Map<String, List<Ban>>> current() {
        Map<BannedKind, Map<String, List<Ban>>> bans = known;
        if (bans != null) {
            return bans;
        }
        try {
            Map<BannedKind, Map<String, List<Ban>>> first = read();
            known = first;
            return first;
        } catch (RuntimeException databaseDown) {
            throw new Unavailable("Which sites are banned cannot be read for now", databaseDown);
        }
    }

    private Map<BannedKind, Map<String, List<Ban>>> read() {
        return records.all().stream()
                .collect(Collectors.groupingBy(ban -> ban.target().kind(), Collectors.groupingBy(ban -> ban.target()
                        .name())));
    }
}
