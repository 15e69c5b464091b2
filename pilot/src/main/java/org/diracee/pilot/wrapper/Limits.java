/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.pilot.wrapper;

import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.diracee.pilot.process.Usage;

/**
 * What a payload may use before it is ended.
 *
 * @param slot the time that the slot has left for it
 * @param cpu of all processes together
 * @param cpuRatio whether it must use CPU time all along
 * @param memoryBytes resident, of all processes together
 * @see "WMS reference 13.3"
 */
record Limits(
        WatchdogSettings settings, Duration slot, Optional<Duration> cpu, boolean cpuRatio, OptionalLong memoryBytes) {

    private static final long MEGABYTE = 1024 * 1024;

    static Limits of(JobDescription job, JobShare share, WatchdogSettings settings, Duration slot) {
        OptionalLong memory = job.memoryBytes();
        OptionalLong slotMemory = share.memoryBytes();
        if (slotMemory.isPresent() && (memory.isEmpty() || memory.getAsLong() > slotMemory.getAsLong())) {
            memory = slotMemory;
        }
        Optional<Duration> cpu = job.checksCpu()
                ? job.cpuTime()
                        .map(time -> time.multipliedBy((long) share.processors() * (100 + settings.cpuMarginPercent()))
                                .dividedBy(100))
                : Optional.empty();
        return new Limits(settings, slot, cpu, job.checksCpu(), memory);
    }

    /** Returns how much longer the payload may run. */
    Duration left(Duration elapsed) {
        Duration wallClock = settings.maxWallClock();
        return (wallClock.compareTo(slot) < 0 ? wallClock : slot).minus(elapsed);
    }

    /**
     * Returns what is exceeded, in the order of the checks.
     *
     * @param sample the CPU time used of late, if the payload runs for so long
     */
    Map<WatchdogCheck, Breach> check(Duration elapsed, Usage usage, Optional<CpuSample.Used> sample, long diskBytes) {
        Map<WatchdogCheck, Breach> breaches = new EnumMap<>(WatchdogCheck.class);
        if (elapsed.compareTo(settings.maxWallClock()) > 0) {
            breaches.put(
                    WatchdogCheck.WALL_CLOCK,
                    breach(
                            MinorStatus.WALL_CLOCK_EXCEEDED,
                            "ran %d s, allowed are %d s",
                            elapsed,
                            settings.maxWallClock()));
        }
        if (elapsed.compareTo(slot) > 0) {
            breaches.put(
                    WatchdogCheck.TIME_LEFT,
                    breach(MinorStatus.CPU_EXCEEDED, "ran %d s, the slot had %d s left for it", elapsed, slot));
        }
        cpu.filter(allowed -> usage.cpu().compareTo(allowed) > 0)
                .ifPresent(allowed -> breaches.put(
                        WatchdogCheck.CPU_LIMIT,
                        breach(
                                MinorStatus.CPU_EXCEEDED,
                                "used %d s of CPU time, allowed are %d s",
                                usage.cpu(),
                                allowed)));
        sample.filter(used -> cpuRatio && used.percent() < settings.minCpuPercent())
                .ifPresent(used -> breaches.put(
                        WatchdogCheck.CPU_RATIO,
                        new Breach(
                                MinorStatus.STALLED,
                                "used %d s of CPU time within %d s, at least %d %% are expected"
                                        .formatted(
                                                used.cpu().toSeconds(),
                                                used.elapsed().toSeconds(),
                                                settings.minCpuPercent()))));
        if (memoryBytes.isPresent() && usage.residentBytes() > memoryBytes.getAsLong()) {
            breaches.put(
                    WatchdogCheck.MEMORY,
                    new Breach(
                            MinorStatus.MEMORY_EXCEEDED,
                            "used %d MB of memory, allowed are %d MB"
                                    .formatted(usage.residentBytes() / MEGABYTE, memoryBytes.getAsLong() / MEGABYTE)));
        }
        if (usage.processes() > settings.maxProcesses()) {
            breaches.put(
                    WatchdogCheck.PROCESSES,
                    new Breach(
                            MinorStatus.TOO_MANY_PROCESSES,
                            "has %d processes, allowed are %d".formatted(usage.processes(), settings.maxProcesses())));
        }
        if (diskBytes < settings.minDiskBytes()) {
            breaches.put(
                    WatchdogCheck.DISK_SPACE,
                    new Breach(
                            MinorStatus.DISK_SPACE,
                            "%d MB of disk space are left, at least %d MB are needed"
                                    .formatted(diskBytes / MEGABYTE, settings.minDiskBytes() / MEGABYTE)));
        }
        return breaches;
    }

    private static Breach breach(MinorStatus minorStatus, String text, Duration used, Duration allowed) {
        return new Breach(minorStatus, text.formatted(used.toSeconds(), allowed.toSeconds()));
    }

    /** A limit that a payload has passed. */
    record Breach(MinorStatus minorStatus, String text) {}
}
