/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.framework.audit.control;

import static org.diracee.framework.log.boundary.FrameworkLog.LOG;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.diracee.framework.audit.entity.AuditedFact;

/**
 * The refusals of the last moment that are not written yet, equal ones counted; bounded in number, and those of strangers also by the
 * minute, because nobody stops them.
 */
@ApplicationScoped
public class Refusals {

    static final int MOST = 5_000;

    private final Map<Object, AuditedFact> waiting = new HashMap<>();
    private final StrangersMinute strangers = new StrangersMinute();
    private long dropped;

    public synchronized void add(AuditedFact fact) {
        beginMinute(fact.at());
        Object key = fact.key();
        AuditedFact known = waiting.get(key);
        if (known != null) {
            waiting.put(key, known.again());
        } else if (fact.act().actor().isKnown() || strangers.hasRoomFor(fact)) {
            put(key, fact);
        }
    }

    private void put(Object key, AuditedFact fact) {
        if (waiting.size() < MOST) {
            waiting.put(key, fact);
        } else {
            dropped += fact.times();
        }
    }

    private void beginMinute(Instant now) {
        strangers.over(now).forEach(sum -> put(sum.key(), sum));
    }

    /** Hands over what waits, the oldest first; what could not be kept is told to the log. */
    public synchronized List<AuditedFact> take(Instant now) {
        beginMinute(now);
        if (dropped > 0) {
            LOG.refusalsNotAudited(dropped);
            dropped = 0;
        }
        if (waiting.isEmpty()) {
            return List.of();
        }
        List<AuditedFact> taken = new ArrayList<>(waiting.values());
        waiting.clear();
        taken.sort((one, other) -> one.at().compareTo(other.at()));
        return taken;
    }

    /** Takes back what could not be written. */
    public synchronized void takeBack(List<AuditedFact> facts) {
        for (AuditedFact fact : facts) {
            AuditedFact newer = waiting.remove(fact.key());
            put(
                    fact.key(),
                    new AuditedFact(
                            fact.act(), fact.origin(), fact.at(), fact.times() + (newer == null ? 0 : newer.times())));
        }
    }
}
