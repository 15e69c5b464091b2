/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.pilot.wrapper;

import java.util.Map;

/** The exit code of a payload. */
record ExitCode(int value) {

    private static final int SIGNAL_BASE = 128;
    /** What is left of DIRAC's 1502 in the eight bits of an exit code. */
    private static final int RESCHEDULE = 1502 & 0xff;

    private static final Map<Integer, String> SIGNALS = Map.ofEntries(
            Map.entry(1, "SIGHUP"),
            Map.entry(2, "SIGINT"),
            Map.entry(3, "SIGQUIT"),
            Map.entry(4, "SIGILL"),
            Map.entry(5, "SIGTRAP"),
            Map.entry(6, "SIGABRT"),
            Map.entry(7, "SIGBUS"),
            Map.entry(8, "SIGFPE"),
            Map.entry(9, "SIGKILL"),
            Map.entry(10, "SIGUSR1"),
            Map.entry(11, "SIGSEGV"),
            Map.entry(12, "SIGUSR2"),
            Map.entry(13, "SIGPIPE"),
            Map.entry(14, "SIGALRM"),
            Map.entry(15, "SIGTERM"),
            Map.entry(24, "SIGXCPU"),
            Map.entry(25, "SIGXFSZ"),
            Map.entry(31, "SIGSYS"));

    boolean isSuccess() {
        return value == 0;
    }

    /** Whether the payload asks to be run again elsewhere. */
    boolean asksForRescheduling() {
        return value == RESCHEDULE;
    }

    /** For people: a code above 128 means a signal by convention. */
    @Override
    public String toString() {
        String signal = SIGNALS.get(value - SIGNAL_BASE);
        return "exit code " + value + (signal == null ? "" : " (" + signal + ")");
    }
}
