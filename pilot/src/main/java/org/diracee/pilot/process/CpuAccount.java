/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.pilot.process;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

/**
 * The CPU time that a payload's processes have used, those that have ended among them.
 *
 * <p>The kernel adds what a process used to its parent's count of ended children, but only if the parent waits for it: a daemon,
 * whose parent has gone, takes its time with it. So each process is remembered as it was seen last, and what its nearest living
 * ancestor's count does not cover is kept here. The counts are compared as a whole, not look by look: a child that ends between
 * the reading of its parent and its own is missed once, and never counted twice.
 */
final class CpuAccount {

    private final long pilot;
    private final Duration pilotsChildrenAtFirst;
    private Map<Long, ProcessStat> seen = new HashMap<>();
    /** What vanished below each living process, by its number. */
    private final Map<Long, Duration> vanishedBelow = new HashMap<>();
    /** What nobody living accounts for. */
    private Duration lost = Duration.ZERO;

    /** @param pilot the parent of the payload's first process, as it was before that began */
    CpuAccount(ProcessStat pilot) {
        this.pilot = pilot.pid();
        this.pilotsChildrenAtFirst = pilot.childrenCpu();
    }

    /**
     * Takes a look into account.
     *
     * @param pilotNow read before the others
     * @param members all processes of the payload, also the dead ones that their parents have not waited for
     * @return what all processes have used so far
     */
    Duration look(ProcessStat pilotNow, Collection<ProcessStat> members) {
        Map<Long, ProcessStat> now = new HashMap<>();
        members.forEach(process -> now.put(process.pid(), process));
        for (ProcessStat process : seen.values()) {
            if (!isIn(now, process)) {
                lost = lost.plus(uncovered(process.pid(), process.childrenCpu()));
                vanishedBelow.remove(process.pid());
            }
        }
        for (ProcessStat process : seen.values()) {
            if (!isIn(now, process)) {
                settle(process, now);
            }
        }
        seen = now;
        Duration ofPilot = pilotNow.childrenCpu().minus(pilotsChildrenAtFirst);
        Duration used = lost.plus(ofPilot).plus(uncovered(pilot, ofPilot));
        for (ProcessStat process : members) {
            used = used.plus(process.cpu()).plus(uncovered(process.pid(), process.childrenCpu()));
        }
        return used;
    }

    private void settle(ProcessStat vanished, Map<Long, ProcessStat> now) {
        long heir = vanished.parent();
        while (heir != pilot && !now.containsKey(heir) && seen.containsKey(heir)) {
            heir = seen.get(heir).parent();
        }
        if (heir == pilot || now.containsKey(heir)) {
            vanishedBelow.merge(heir, vanished.cpu(), Duration::plus);
        } else {
            lost = lost.plus(vanished.cpu());
        }
    }

    private Duration uncovered(long process, Duration childrenCpu) {
        Duration rest = vanishedBelow.getOrDefault(process, Duration.ZERO).minus(childrenCpu);
        return rest.isNegative() ? Duration.ZERO : rest;
    }

    private static boolean isIn(Map<Long, ProcessStat> now, ProcessStat process) {
        ProcessStat same = now.get(process.pid());
        return same != null && same.startTick() == process.startTick();
    }
}
