/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.pilot.process;

import java.time.Duration;

/**
 * One line of {@code /proc/<pid>/stat}.
 *
 * @param ownCpu the CPU time of the process itself
 * @param childrenCpu that of the children that it has waited for, and of those that they have
 * @param startTick when it began, in ticks since the machine's start; with the pid it names a process for good
 * @param virtualBytes its address space
 */
public record ProcessStat(
        long pid,
        char state,
        long parent,
        long group,
        long session,
        Duration ownCpu,
        Duration childrenCpu,
        long startTick,
        long virtualBytes) {

    private static final char ZOMBIE = 'Z';
    private static final char DEAD = 'X';
    private static final long MILLISECONDS_PER_TICK = 10;
    private static final int FIELDS_NEEDED = 21;

    /**
     * Reads the line.
     *
     * @throws IllegalArgumentException if it is not of that form
     */
    public static ProcessStat parse(String line) {
        // the command's name stands in parentheses and may itself hold blanks, parentheses and line breaks
        int open = line.indexOf('(');
        int close = line.lastIndexOf(')');
        if (open < 2 || close < open) {
            throw new IllegalArgumentException("No process line: " + line);
        }
        String[] fields = line.substring(close + 1).trim().split(" ");
        if (fields.length < FIELDS_NEEDED) {
            throw new IllegalArgumentException("A process line of " + fields.length + " fields: " + line);
        }
        return new ProcessStat(
                Long.parseLong(line.substring(0, open - 1)),
                fields[0].charAt(0),
                Long.parseLong(fields[1]),
                Long.parseLong(fields[2]),
                Long.parseLong(fields[3]),
                time(fields[11], fields[12]),
                time(fields[13], fields[14]),
                Long.parseLong(fields[19]),
                Long.parseLong(fields[20]));
    }

    private static Duration time(String userTicks, String systemTicks) {
        return Duration.ofMillis(MILLISECONDS_PER_TICK * (Long.parseLong(userTicks) + Long.parseLong(systemTicks)));
    }

    /** Returns the CPU time of the process and of the children that it has waited for. */
    public Duration cpu() {
        return ownCpu.plus(childrenCpu);
    }

    ProcessStat withChildrenCpu(Duration time) {
        return new ProcessStat(pid, state, parent, group, session, ownCpu, time, startTick, virtualBytes);
    }

    /** Whether it still runs; what is dead but not yet collected by its parent does not. */
    public boolean isAlive() {
        return state != ZOMBIE && state != DEAD;
    }
}
