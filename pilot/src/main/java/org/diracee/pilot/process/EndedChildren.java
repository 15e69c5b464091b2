/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.pilot.process;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/**
 * Divides the kernel's count of what the pilot's ended children have used among payloads that run beside each other.
 *
 * <p>The kernel adds a payload's time to one count of the pilot's when it collects the payload. Each payload gets what that count
 * grew by, less what is known of others that have ended. So a payload alone gets all of it exactly; of payloads that end within
 * the same moment, one may get what another used after it was looked at last.
 */
public final class EndedChildren {

    private final Map<Long, Child> children = new HashMap<>();
    private Duration settled = Duration.ZERO;

    /** Begins to watch a payload; what others than payloads have used until now is nobody's. */
    synchronized void add(long leader, Duration pilotsChildren) {
        if (children.values().stream().noneMatch(child -> child.ended)) {
            settled = pilotsChildren;
        }
        children.put(leader, new Child());
    }

    /** Notes what a payload that lives has used so far. */
    synchronized void lives(long leader, Duration used) {
        child(leader).used = used;
    }

    /** Returns what a payload has used that has ended. */
    synchronized Duration ended(long leader, Duration pilotsChildren) {
        Duration ofOthers = children.entrySet().stream()
                .filter(entry -> entry.getKey() != leader)
                .filter(entry -> entry.getValue().ended || hasEnded(entry.getKey()))
                .map(entry -> entry.getValue().used)
                .reduce(Duration.ZERO, Duration::plus);
        Duration share = pilotsChildren.minus(settled).minus(ofOthers);
        Child child = child(leader);
        child.ended = true;
        child.used = share.isNegative() ? Duration.ZERO : share;
        return child.used;
    }

    private static boolean hasEnded(long leader) {
        return ProcessHandle.of(leader).filter(ProcessHandle::isAlive).isEmpty();
    }

    /** Ends watching a payload. */
    synchronized void remove(long leader) {
        Child child = children.remove(leader);
        if (child != null && child.ended) {
            settled = settled.plus(child.used);
        }
    }

    private Child child(long leader) {
        // one that is asked for late is no longer counted
        return children.getOrDefault(leader, new Child());
    }

    private static final class Child {
        private Duration used = Duration.ZERO;
        private boolean ended;
    }
}
