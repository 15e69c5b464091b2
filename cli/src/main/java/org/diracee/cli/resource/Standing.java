/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.cli.resource;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.diracee.cli.output.Times;
import org.diracee.client.wire.BanRecord;
import org.diracee.client.wire.CeRecord;
import org.diracee.client.wire.QueueRecord;
import org.diracee.client.wire.SiteRecord;

/** Says in a few words whether pilots are sent somewhere, and if not why. */
record Standing(Times times) {

    private static final String USABLE = "usable";

    /** Of a site: what concerns all of it, else how many of its queues are in trouble. */
    String of(SiteRecord site) {
        if (site.suspended()) {
            return "suspended";
        }
        if (!site.bans().isEmpty()) {
            return bans(site.bans());
        }
        List<String> troubles = site.ces().stream()
                .flatMap(ce -> ce.queues().stream().map(queue -> own(ce, queue)))
                .filter(text -> !text.equals(USABLE))
                .toList();
        if (troubles.isEmpty()) {
            return USABLE;
        }
        long all = site.ces().stream().mapToLong(ce -> ce.queues().size()).sum();
        return troubles.size() + " of " + all + " queues: " + troubles.get(0);
    }

    /** Of a queue, with what concerns its site and its computing element. */
    String of(SiteRecord site, CeRecord ce, QueueRecord queue) {
        return site.suspended() || !site.bans().isEmpty() ? of(site) : own(ce, queue);
    }

    /** Of a queue, with what concerns its computing element. */
    String own(CeRecord ce, QueueRecord queue) {
        if (!ce.bans().isEmpty()) {
            return bans(ce.bans());
        }
        if (queue.problem().isPresent()) {
            return "not used: " + queue.problem().get();
        }
        return queue.failures() == 0 ? USABLE : failing(queue);
    }

    private String failing(QueueRecord queue) {
        return "fails, " + queue.failures() + " in a row, last " + time(queue.failed())
                + queue.failure().map(reason -> ": " + reason).orElse("")
                + queue.nextTry()
                        .map(next -> "; tried again about " + times.text(next))
                        .orElse("");
    }

    private String bans(List<BanRecord> bans) {
        List<String> texts = new ArrayList<>();
        for (BanRecord ban : bans) {
            texts.add("banned for " + ban.vo().map(vo -> "the VO " + vo).orElse("all VOs")
                    + ban.until().map(until -> " until " + times.text(until)).orElse("")
                    + " by " + ban.author() + ": " + ban.reason());
        }
        return String.join("; ", texts);
    }

    String time(Optional<Instant> time) {
        return time.map(times::text).orElse("never");
    }

    static long waiting(Map<String, Long> pilots) {
        return pilots.getOrDefault("Submitted", 0L) + pilots.getOrDefault("Waiting", 0L);
    }

    static long running(Map<String, Long> pilots) {
        return pilots.getOrDefault("Running", 0L) + pilots.getOrDefault("Unknown", 0L);
    }
}
