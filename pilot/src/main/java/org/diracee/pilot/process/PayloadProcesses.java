/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.pilot.process;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The processes that belong to one payload, daemons among them.
 *
 * <p>A daemon leaves the session and is adopted by process 1, so the session alone is not enough: the mark in the environment is
 * inherited by everything the payload starts, what works in the job's directory or writes there counts too, and a process that
 * has once been seen as a member stays one. Out of reach is only a process that leaves the session, the environment, the
 * directory and its outputs, and its parent, all between two looks.
 */
public final class PayloadProcesses {

    private static final Duration LOOK_WHILE_ENDING = Duration.ofMillis(50);
    private static final Duration LONGEST_MATCH = Duration.ofSeconds(1);
    private static final int MANY = 64;
    private static final int MOST_GROUPS = 1000;

    private final ProcessTable table;
    private final long leader;
    private final boolean leadsSession;
    private final boolean isEnclosed;
    private final String mark;
    private final Path directory;
    private final long leaderStart;
    private final Map<Long, Long> startTicks = new HashMap<>();
    private final EndedChildren endedChildren;
    private final CpuAccount cpu;

    /**
     * @param endedChildren the same for all payloads of this pilot
     * @param leader the first process of the payload
     * @param leadsSession whether it has its own session
     * @param isEnclosed whether it is an inner computing element, not the payload itself
     * @param mark the {@code NAME=value} that is in its environment and in no other
     * @param directory where the payload works
     */
    public PayloadProcesses(
            ProcessTable table,
            EndedChildren endedChildren,
            long leader,
            boolean leadsSession,
            boolean isEnclosed,
            String mark,
            Path directory) {
        this.table = table;
        this.leader = leader;
        this.leadsSession = leadsSession;
        this.isEnclosed = isEnclosed;
        this.mark = mark;
        this.directory = directory;
        ProcessStat pilot = table.ownProcess();
        endedChildren.add(leader, pilot.childrenCpu());
        this.endedChildren = endedChildren;
        this.cpu = new CpuAccount(pilot.withChildrenCpu(Duration.ZERO));
        this.leaderStart = table.process(leader).map(ProcessStat::startTick).orElse(Long.MAX_VALUE);
    }

    /** Returns the members that are alive now. */
    public List<ProcessStat> members() {
        return found().stream().filter(ProcessStat::isAlive).toList();
    }

    /** Returns the members, also those that are dead but not waited for. */
    private synchronized List<ProcessStat> found() {
        List<ProcessStat> all = table.all();
        Map<Long, List<ProcessStat>> children = new HashMap<>();
        List<ProcessStat> open = new ArrayList<>();
        for (ProcessStat process : all) {
            children.computeIfAbsent(process.parent(), parent -> new ArrayList<>())
                    .add(process);
            if (isMember(process)) {
                open.add(process);
            }
        }
        Set<Long> taken = new HashSet<>();
        List<ProcessStat> members = new ArrayList<>();
        while (!open.isEmpty()) {
            ProcessStat process = open.remove(open.size() - 1);
            if (taken.add(process.pid())) {
                startTicks.put(process.pid(), process.startTick());
                members.add(process);
                open.addAll(children.getOrDefault(process.pid(), List.of()));
            }
        }
        return members;
    }

    private boolean isMember(ProcessStat process) {
        Long seen = startTicks.get(process.pid());
        return process.pid() == leader
                || (leadsSession && process.session() == leader)
                || (seen != null && seen == process.startTick())
                || table.hasInEnvironment(process.pid(), mark)
                || (process.startTick() >= leaderStart && table.worksIn(process.pid(), directory));
    }

    /** Measures all members; in the CPU time are those that have ended. */
    public synchronized Usage usage() {
        ProcessStat pilot = table.ownProcess();
        List<ProcessStat> found = found();
        Duration used = cpu.look(pilot.withChildrenCpu(ofEnded(pilot, found)), found);
        List<ProcessStat> members = found.stream().filter(ProcessStat::isAlive).toList();
        long resident = 0;
        long virtual = 0;
        for (ProcessStat process : members) {
            virtual += process.virtualBytes();
            resident += table.residentBytes(process.pid());
        }
        return new Usage(members.size(), used, resident, virtual);
    }

    /** What the pilot's count of ended children holds of this payload, which is nothing before its first process has ended. */
    private Duration ofEnded(ProcessStat pilot, List<ProcessStat> found) {
        Optional<ProcessStat> first =
                found.stream().filter(process -> process.pid() == leader).findFirst();
        if (first.isPresent()) {
            endedChildren.lives(leader, first.get().cpu());
            return Duration.ZERO;
        }
        return endedChildren.ended(leader, pilot.childrenCpu());
    }

    /** Ends the account of this payload. */
    void close() {
        endedChildren.remove(leader);
    }

    /**
     * Ends all members: asked to at first, killed after the grace, again and again as long as new ones appear.
     *
     * @param longest gives up after this time beyond the grace
     * @return the members that are left, which are none unless they cannot be killed
     */
    public List<ProcessStat> end(Duration grace, Duration longest) {
        long begin = System.nanoTime();
        Set<Long> asked = new HashSet<>();
        while (true) {
            List<ProcessStat> left = members();
            long passed = System.nanoTime() - begin;
            if (left.isEmpty() || passed > grace.plus(longest).toNanos()) {
                return left;
            }
            boolean kill = passed >= grace.toNanos();
            if (kill) {
                killGroups(left);
            }
            for (ProcessStat process : left) {
                if (kill || (isOfPayload(process) && asked.add(process.pid()))) {
                    signal(process, kill);
                }
            }
            pause();
        }
    }

    /** An inner computing element ends by itself after its payload, and would kill that if it were asked to end. */
    private boolean isOfPayload(ProcessStat process) {
        return !isEnclosed || process.pid() != leader;
    }

    /** What forks faster than it can be counted is killed group by group, which the kernel does at once. */
    private void killGroups(List<ProcessStat> members) {
        if (members.size() < MANY) {
            return;
        }
        long ours = table.ownProcess().group();
        List<String> groups = members.stream()
                .map(ProcessStat::group)
                .filter(group -> group > 1 && group != ours)
                .distinct()
                .limit(MOST_GROUPS)
                .map(group -> "-" + group)
                .toList();
        if (!groups.isEmpty()) {
            kill("-KILL -- " + String.join(" ", groups));
        }
    }

    /** Returns the first process of the payload itself: an inner computing element has one of its own between. */
    private List<ProcessStat> firstProcess() {
        List<ProcessStat> members = members();
        Set<Long> above = Set.of(leader);
        if (isEnclosed) {
            above = childrenOf(members, above);
            above = childrenOf(members, above);
        }
        Set<Long> candidates = above;
        return members.stream()
                .filter(process -> candidates.contains(process.pid()))
                .min(Comparator.comparingLong(ProcessStat::startTick).thenComparingLong(ProcessStat::pid))
                .map(List::of)
                .orElse(List.of());
    }

    private static Set<Long> childrenOf(List<ProcessStat> members, Set<Long> parents) {
        return members.stream()
                .filter(process -> parents.contains(process.parent()))
                .map(ProcessStat::pid)
                .collect(Collectors.toSet());
    }

    /**
     * Sends a signal once.
     *
     * @param commandLine matches those that get it; the first process if absent. None gets it if that takes longer than a second.
     * @return how many got it
     */
    public int signal(int number, Optional<Pattern> commandLine) {
        List<String> pids = commandLine.map(this::membersWith).orElseGet(this::firstProcess).stream()
                .map(process -> Long.toString(process.pid()))
                .toList();
        if (pids.isEmpty()) {
            return 0;
        }
        return kill("-" + number + " " + String.join(" ", pids)) ? pids.size() : 0;
    }

    private static boolean kill(String words) {
        try {
            // Java itself sends no signals but TERM and KILL
            new ProcessBuilder("/bin/sh", "-c", "kill " + words)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start()
                    .waitFor();
            return true;
        } catch (IOException noShell) {
            return false;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return true;
        }
    }

    private List<ProcessStat> membersWith(Pattern commandLine) {
        List<ProcessStat> members = members().stream().filter(this::isOfPayload).toList();
        try {
            return BoundedMatch.within(LONGEST_MATCH, commandLine, found -> members.stream()
                    .filter(process -> found.test(table.commandLine(process.pid())))
                    .toList());
        } catch (TimeoutException endless) {
            return List.of();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return List.of();
        }
    }

    private void signal(ProcessStat process, boolean kill) {
        Optional<ProcessHandle> handle = ProcessHandle.of(process.pid());
        // the pid may have gone to a stranger since we looked
        boolean same = table.process(process.pid())
                .filter(now -> now.startTick() == process.startTick())
                .isPresent();
        if (same && handle.isPresent()) {
            boolean unused =
                    kill ? handle.get().destroyForcibly() : handle.get().destroy();
        }
    }

    private static void pause() {
        try {
            TimeUnit.NANOSECONDS.sleep(LOOK_WHILE_ENDING.toNanos());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
