/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.pilot.slot;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Clock;
import java.time.Duration;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.function.DoubleSupplier;
import org.diracee.pilot.process.ProcessStat;

/**
 * How fast one processor of this worker node is, by a benchmark of our own that draws normal numbers; kept on the node for a day.
 * Its scale is about that of DB12, on which the processors of these years have 15 to 40.
 */
public final class CpuPower {

    private static final Duration FRESH = Duration.ofDays(1);
    private static final Path SELF = Path.of("/proc/self");
    private static final Path OWN_THREAD = Path.of("/proc/thread-self/stat");
    private static final Duration WARM_UP = Duration.ofMillis(500);
    private static final Duration RUN = Duration.ofSeconds(1);
    private static final int DRAWS = 20_000;
    /** Draws in a second that make one unit. */
    private static final double UNIT = 1_000_000;

    private final Path kept;
    private final Clock clock;
    private volatile OptionalDouble known = OptionalDouble.empty();

    /** @param directory where the result is kept, of this worker node alone */
    public CpuPower(Path directory, String account, Clock clock) {
        this.kept = directory.resolve("dirac-pilot-cpu-power-" + account.replaceAll("[^A-Za-z0-9_-]", "_"));
        this.clock = clock;
    }

    /** Takes the result that is kept, or measures in a thread of its own. */
    public void find() {
        find(() -> benchmark(WARM_UP, RUN));
    }

    void find(DoubleSupplier benchmark) {
        known = kept();
        if (known.isEmpty()) {
            Thread thread = new Thread(() -> keep(benchmark.getAsDouble()), "cpu-power");
            thread.setDaemon(true);
            thread.start();
        }
    }

    /** Returns the power, once it is known. */
    public OptionalDouble power() {
        return known;
    }

    private OptionalDouble kept() {
        try {
            BasicFileAttributes attributes =
                    Files.readAttributes(kept, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            boolean fresh = attributes.isRegularFile()
                    && attributes.size() < 32
                    // anybody may write to a directory for temporary files
                    && Files.getOwner(kept).equals(Files.getOwner(SELF))
                    && attributes.lastModifiedTime().toInstant().plus(FRESH).isAfter(clock.instant());
            double power = fresh ? Double.parseDouble(new String(Files.readAllBytes(kept), UTF_8).strip()) : 0;
            return power > 0 && power < 10_000 ? OptionalDouble.of(power) : OptionalDouble.empty();
        } catch (IOException | NumberFormatException none) {
            return OptionalDouble.empty();
        }
    }

    private void keep(double power) {
        known = OptionalDouble.of(power);
        try {
            Path parent = kept.getParent();
            Path written = Files.createTempFile(parent, "dirac-pilot", ".new");
            Files.writeString(written, String.format(Locale.ROOT, "%.1f%n", power));
            Files.move(written, kept, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException notKept) {
            // the next pilot measures again
            return;
        }
    }

    static double benchmark(Duration warmUp, Duration run) {
        draws(warmUp);
        return draws(run) / UNIT;
    }

    /** Returns how many numbers are drawn in a second of CPU time. */
    private static double draws(Duration length) {
        Random random = new Random(12);
        Duration begin = cpuTime();
        Duration used = Duration.ZERO;
        long draws = 0;
        double sum = 0;
        while (used.compareTo(length) < 0) {
            for (int i = 0; i < DRAWS; i++) {
                double drawn = 10 + random.nextGaussian();
                sum += drawn * drawn;
            }
            draws += DRAWS;
            used = cpuTime().minus(begin);
        }
        // the sum is used, so that the loop is not optimised away
        return sum > 0 ? draws / (used.toMillis() / 1000.0) : 0;
    }

    private static Duration cpuTime() {
        try {
            return ProcessStat.parse(new String(Files.readAllBytes(OWN_THREAD), UTF_8))
                    .ownCpu();
        } catch (IOException oldKernel) {
            return Duration.ofNanos(System.nanoTime());
        }
    }
}
