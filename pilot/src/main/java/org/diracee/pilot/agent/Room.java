/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.pilot.agent;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.diracee.pilot.wrapper.JobNeeds;
import org.diracee.pilot.wrapper.JobShare;

/** What of the slot is taken by jobs that run beside each other; not for several threads. */
final class Room {

    private static final long MEGABYTE = 1024 * 1024;

    private final int processors;
    private final long megabytes;
    private final boolean boundsMemory;
    private final boolean isShared;
    private final List<Taken> taken = new ArrayList<>();

    /**
     * @param megabytes of the slot; 0 if unknown
     * @param boundsMemory whether a job is ended that holds more than its share
     * @param isShared whether several jobs may run at once
     */
    Room(int processors, long megabytes, boolean boundsMemory, boolean isShared) {
        this.processors = processors;
        this.megabytes = megabytes;
        this.boundsMemory = boundsMemory;
        this.isShared = isShared;
    }

    boolean isEmpty() {
        return taken.isEmpty();
    }

    /** How many jobs can be taken. */
    int jobs() {
        return isShared ? processors() : Math.min(1, processors());
    }

    /** How many processors can be offered: those that are free, as far as there is a processor's part of the memory for each. */
    int processors() {
        int free = processors
                - taken.stream().mapToInt(job -> job.share().processors()).sum();
        long part = megabytes / processors;
        long withMemory = part == 0 ? free : megabytes() / part;
        return isEmpty() ? processors : (int) Math.max(0, Math.min(free, withMemory));
    }

    /** How much memory can be offered, in MB. */
    long megabytes() {
        return Math.max(
                0, megabytes - taken.stream().mapToLong(Taken::megabytes).sum());
    }

    boolean hasGpu() {
        return taken.stream().noneMatch(Taken::usesGpu);
    }

    /** Takes what a job needs; of more than that, what is free. */
    Taken take(JobNeeds needs) {
        int used = taken.stream().mapToInt(job -> job.share().processors()).sum();
        int share = needs.wholeNode()
                ? processors
                : Math.max(needs.processors(), Math.min(needs.mostProcessors(), processors - used));
        long part = isShared ? megabytes * Math.min(share, processors) / processors : megabytes;
        long reserved = needs.memoryBytes().isPresent() ? needs.memoryBytes().getAsLong() / MEGABYTE : part;
        OptionalLong bound = boundsMemory
                ? OptionalLong.of((needs.memoryBytes().isPresent() ? megabytes : part) * MEGABYTE)
                : OptionalLong.empty();
        Taken job = new Taken(new JobShare(share, bound), reserved, needs.usesGpu());
        taken.add(job);
        return job;
    }

    void giveBack(Taken job) {
        taken.remove(job);
    }

    /**
     * What one job has taken.
     *
     * @param megabytes kept for it
     */
    record Taken(JobShare share, long megabytes, boolean usesGpu) {}
}
