/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.cli;

import org.jspecify.annotations.Nullable;

/** Why a command ends without its result, in words for its user, and with which exit code. */
public class CommandFailure extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final int exitCode;

    private CommandFailure(int exitCode, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.exitCode = exitCode;
    }

    public static CommandFailure usage(String message) {
        return new CommandFailure(ExitCode.USAGE, message, null);
    }

    public static CommandFailure notLoggedIn(String message) {
        return new CommandFailure(ExitCode.NOT_LOGGED_IN, message, null);
    }

    public static CommandFailure refused(String message) {
        return new CommandFailure(ExitCode.REFUSED, message, null);
    }

    public static CommandFailure local(String message, Throwable cause) {
        return new CommandFailure(ExitCode.LOCAL, message, cause);
    }

    /** What went wrong, in the words that a command ends with. */
    public static String sentence(Throwable failure) {
        return Failures.message(failure);
    }

    public int exitCode() {
        return exitCode;
    }
}
