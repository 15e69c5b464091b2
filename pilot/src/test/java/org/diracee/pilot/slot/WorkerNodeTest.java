/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.pilot.slot;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WorkerNodeTest {

    @TempDir
    Path top;

    private void file(String name, String content) throws IOException {
        Path file = top.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, content);
    }

    private WorkerNode node() {
        return new WorkerNode(top.resolve("proc"), top.resolve("cgroup"));
    }

    @Test
    void tellsTheProcessorsThatTheBatchSystemGave() {
        assertThat(WorkerNode.processorsOfBatchJob(Map.of("SLURM_CPUS_ON_NODE", "4")))
                .hasValue(4);
        assertThat(WorkerNode.processorsOfBatchJob(Map.of("PBS_JOBID", "1.server", "NCPUS", "8")))
                .hasValue(8);
        assertThat(WorkerNode.processorsOfBatchJob(Map.of("NCPUS", "8"))).isEmpty();
    }

    @Test
    void tellsTheModelOfTheProcessor() throws IOException {
        file("proc/cpuinfo", "processor\t: 0\nCPU implementer\t: 0x41\nCPU part\t: 0xd0c\n");
        assertThat(node().processorModel()).isEqualTo("ARM 0x41/0xd0c");

        file("proc/cpuinfo", "processor\t: 0\nmodel name\t: AMD EPYC\n");
        assertThat(node().processorModel()).isEqualTo("AMD EPYC");
    }

    @Test
    void tellsTheMemoryOfTheMachineIfNothingLimitsIt() throws IOException {
        file("proc/meminfo", "MemTotal:       16384000 kB\nMemFree:  1 kB\n");
        file("proc/self/cgroup", "0::/\n");
        file("cgroup/memory.max", "max\n");

        assertThat(node().memoryMegabytes()).isEqualTo(16000);
    }

    @Test
    void tellsTheLowestLimitOfTheControlGroupsAbove() throws IOException {
        file("proc/meminfo", "MemTotal:       16384000 kB\n");
        file("proc/self/cgroup", "0::/batch/job7\n");
        file("cgroup/batch/memory.max", "2097152000\n");
        file("cgroup/batch/job7/memory.max", "max\n");

        assertThat(node().memoryMegabytes()).isEqualTo(2000);
    }

    @Test
    void understandsTheFirstVersionOfControlGroups() throws IOException {
        file("proc/meminfo", "MemTotal:       16384000 kB\n");
        file("proc/self/cgroup", "5:cpu,cpuacct:/x\n4:memory:/batch/job7\n0::/\n");
        file("cgroup/memory/batch/job7/memory.limit_in_bytes", "1048576000\n");
        file("cgroup/memory/memory.limit_in_bytes", "9223372036854771712\n");

        assertThat(node().memoryMegabytes()).isEqualTo(1000);
    }

    @Test
    void readsModelAndLoad() throws IOException {
        file("proc/cpuinfo", "processor\t: 0\nmodel name\t: EPYC 7742\nprocessor\t: 1\n");
        file("proc/loadavg", "1.25 0.80 0.50 2/300 4711\n");
        file("proc/sys/kernel/hostname", "wn01\n");

        assertThat(node().processorModel()).isEqualTo("EPYC 7742");
        assertThat(node().loadAverage()).isEqualTo(1.25);
        assertThat(node().hostName()).isEqualTo("wn01");
    }

    @Test
    void keepsAMarginOfTheSlotsTime() {
        AtomicLong nanos = new AtomicLong();
        TimeLeft left = new TimeLeft(Duration.ofSeconds(1000), Optional.empty(), nanos::get);
        nanos.set(Duration.ofSeconds(100).toNanos());

        assertThat(left.toOffer()).isEqualTo(Duration.ofSeconds(900));
        assertThat(left.forPayload()).isEqualTo(Duration.ofSeconds(850));

        nanos.set(Duration.ofSeconds(2000).toNanos());
        assertThat(left.toOffer()).isZero();
        assertThat(left.forPayload()).isZero();
    }

    @Test
    void keepsTheMarginThatIsAskedFor() {
        TimeLeft left = new TimeLeft(Duration.ofSeconds(1000), Optional.of(Duration.ofSeconds(400)), () -> 0);

        assertThat(left.toOffer()).isEqualTo(Duration.ofSeconds(1000));
        assertThat(left.forPayload()).isEqualTo(Duration.ofSeconds(600));
    }
}
