/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.cli;

/** How the program ends; scripts rely on these numbers. */
public final class ExitCode {

    public static final int OK = 0;
    /** The command worked and some of the jobs or files it is about did not. */
    public static final int JOBS_FAILED = 1;
    /** The command line or a setting is wrong. */
    public static final int USAGE = 2;

    public static final int NOT_LOGGED_IN = 3;
    /** The server answered no. */
    public static final int REFUSED = 4;
    /** The server gave no answer. */
    public static final int UNREACHABLE = 5;
    /** A file on this machine cannot be read, written or used. */
    public static final int LOCAL = 6;

    private ExitCode() {}
}
