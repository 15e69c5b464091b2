/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.pilot.wrapper;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import org.diracee.pilot.process.Usage;

/**
 * What a payload may use before it is ended.
 *
 * @param wallClock the longest that a payload may run
 * @param slot the time that the slot has left for it
 * @param cpu of all processes together
 * @param memoryBytes resident, of all processes together
 * @param minDiskBytes that must stay free where it works
 * @see "WMS reference 13.3"
 */
record Limits(Duration wallClock, Duration slot, Optional<Duration> cpu, OptionalLong memoryBytes, long minDiskBytes) {

    private static final long MEGABYTE = 1024 * 1024;

    /** DIRAC grants a job a fifth more CPU time than it asked for. */
    private static final double CPU_MARGIN = 1.2;

    static Limits of(JobDescription job, Duration maxWallClock, Duration slot, OptionalLong slotMemory, long minDisk) {
        OptionalLong memory = job.memoryBytes();
        if (slotMemory.isPresent() && (memory.isEmpty() || memory.getAsLong() > slotMemory.getAsLong())) {
            memory = slotMemory;
        }
        Optional<Duration> cpu =
                job.cpuTime().map(time -> Duration.ofMillis((long) (time.toMillis() * job.processors() * CPU_MARGIN)));
        return new Limits(maxWallClock, slot, cpu, memory, minDisk);
    }

    /** Returns how much longer the payload may run. */
    Duration left(Duration elapsed) {
        return (wallClock.compareTo(slot) < 0 ? wallClock : slot).minus(elapsed);
    }

    /** Returns what is exceeded, if anything is. */
    Optional<Breach> check(Duration elapsed, Usage usage, long diskBytes) {
        if (elapsed.compareTo(wallClock) > 0) {
            return breach(MinorStatus.WALL_CLOCK_EXCEEDED, "ran %d s, allowed are %d s", elapsed, wallClock);
        }
        if (elapsed.compareTo(slot) > 0) {
            return breach(MinorStatus.CPU_EXCEEDED, "ran %d s, the slot had %d s left for it", elapsed, slot);
        }
        if (cpu.isPresent() && usage.cpu().compareTo(cpu.get()) > 0) {
            return breach(MinorStatus.CPU_EXCEEDED, "used %d s of CPU time, allowed are %d s", usage.cpu(), cpu.get());
        }
        if (memoryBytes.isPresent() && usage.residentBytes() > memoryBytes.getAsLong()) {
            return Optional.of(new Breach(
                    MinorStatus.MEMORY_EXCEEDED,
                    "used %d MB of memory, allowed are %d MB"
                            .formatted(usage.residentBytes() / MEGABYTE, memoryBytes.getAsLong() / MEGABYTE)));
        }
        if (diskBytes < minDiskBytes) {
            return Optional.of(new Breach(
                    MinorStatus.DISK_SPACE,
                    "%d MB of disk space are left, at least %d MB are needed"
                            .formatted(diskBytes / MEGABYTE, minDiskBytes / MEGABYTE)));
        }
        return Optional.empty();
    }

    private static Optional<Breach> breach(MinorStatus minorStatus, String text, Duration used, Duration allowed) {
        return Optional.of(new Breach(minorStatus, text.formatted(used.toSeconds(), allowed.toSeconds())));
    }

    /** A limit that a payload has passed. */
    record Breach(MinorStatus minorStatus, String text) {}
}
