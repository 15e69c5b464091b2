/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.tests;

import java.io.IOException;
import java.net.ServerSocket;
import java.util.stream.IntStream;

/** Ports of this machine that nobody listens at, below those that connections get; each is given out once. */
final class FreePorts {

    private static final int FIRST = 20_000;
    private static final int END = 32_000;

    /** Runs beside this one begin elsewhere. */
    private static int next = FIRST + (int) (ProcessHandle.current().pid() % 100) * 100;

    private FreePorts() {}

    static String one() {
        return row(1);
    }

    /** The first of so many in a row. */
    static synchronized String row(int count) {
        for (int tried = FIRST; tried < END; tried += count) {
            int first = next;
            next = next + 2 * count < END ? next + count : FIRST;
            if (IntStream.range(first, first + count).allMatch(FreePorts::isFree)) {
                return Integer.toString(first);
            }
        }
        throw new IllegalStateException("no " + count + " free ports from " + FIRST + " to " + END);
    }

    static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket(port)) {
            return socket.isBound();
        } catch (IOException taken) {
            return false;
        }
    }
}
