/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.pilot.agent;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.diracee.pilot.wrapper.JobNeeds;
import org.diracee.pilot.wrapper.JobShare;

/** What of the slot is taken by jobs that run beside each other; not for several threads. */
final class Room {

    private static final long MEGABYTE = 1024 * 1024;

    /** As the server counts. */
    private static final long MEGABYTES_OF_GB = 1000;

    private static final Pattern NUMBER_TAG = Pattern.compile("([0-9]{1,9})(Processors|GB)");

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

    /** How many jobs can be taken at once: one where memory is bounded, for jobs that name none share it. */
    int jobs() {
        return isShared && !boundsMemory ? processors() : Math.min(1, processors());
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

    /** Whether a tag, if it is one of a number, as {@code 8Processors} or {@code 16GB}, says no more than is left by jobs that run. */
    boolean has(String tag) {
        Matcher number = NUMBER_TAG.matcher(tag);
        if (isEmpty() || !number.matches()) {
            return true;
        }
        long wanted = Long.parseLong(number.group(1));
        return number.group(2).equals("GB") ? wanted * MEGABYTES_OF_GB <= megabytes() : wanted <= processors();
    }

    /** Takes what jobs of one answer need; what is free besides is divided among those that can use it. */
    List<Taken> take(List<JobNeeds> jobs) {
        int used = taken.stream().mapToInt(job -> job.share().processors()).sum();
        int[] shares = jobs.stream()
                .mapToInt(needs -> needs.wholeNode() ? processors : needs.processors())
                .toArray();
        int free = processors - used - IntStream.of(shares).sum();
        for (boolean given = true; given; ) {
            given = false;
            for (int i = 0; i < shares.length && free > 0; i++) {
                if (shares[i] < jobs.get(i).mostProcessors()) {
                    shares[i]++;
                    free--;
                    given = true;
                }
            }
        }
        List<Taken> all = new ArrayList<>();
        for (int i = 0; i < shares.length; i++) {
            all.add(take(jobs.get(i), shares[i]));
        }
        return all;
    }

    private Taken take(JobNeeds needs, int share) {
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
