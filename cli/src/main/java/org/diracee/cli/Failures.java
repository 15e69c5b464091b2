/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import org.diracee.client.ApiError;
import org.diracee.client.CallInterrupted;
import org.diracee.client.DataRefused;
import org.diracee.client.ServerUnreachable;
import org.diracee.client.UnreadableAnswer;
import org.diracee.kernel.error.FieldError;
import org.diracee.kernel.jdl.JdlSyntaxError;

/** Turns what went wrong into words and an exit code. */
final class Failures {

    private static final int UNAUTHORIZED = 401;
    private static final int SERVER_ERROR = 500;
    private static final int UNAVAILABLE = 503;
    private static final int INTERRUPTED = 130;

    private Failures() {}

    static int exitCode(Throwable failure) {
        if (failure instanceof CommandFailure command) {
            return command.exitCode();
        }
        if (failure instanceof ApiError error) {
            return switch (error.status()) {
                case UNAUTHORIZED -> ExitCode.NOT_LOGGED_IN;
                case UNAVAILABLE -> ExitCode.UNREACHABLE;
                default -> ExitCode.REFUSED;
            };
        }
        if (failure instanceof ServerUnreachable || failure instanceof UnreadableAnswer) {
            return ExitCode.UNREACHABLE;
        }
        if (failure instanceof CallInterrupted || failure instanceof InterruptedException) {
            return INTERRUPTED;
        }
        if (failure instanceof JdlSyntaxError) {
            return ExitCode.USAGE;
        }
        if (failure instanceof DataRefused) {
            return ExitCode.REFUSED;
        }
        return ExitCode.LOCAL;
    }

    static String message(Throwable failure) {
        if (failure instanceof ApiError error) {
            return message(error);
        }
        if (failure instanceof IOException unreadable) {
            return describe(unreadable);
        }
        if (failure instanceof UncheckedIOException && failure.getCause() instanceof IOException unreadable) {
            return describe(unreadable);
        }
        return failure.getMessage() == null ? failure.getClass().getName() : failure.getMessage();
    }

    private static String message(ApiError error) {
        if (error.status() == UNAUTHORIZED) {
            return "The server does not accept the session: " + error.detail()
                    + "\nLog in again with: dirac-ee login VO";
        }
        StringBuilder text = new StringBuilder(
                        error.status() == UNAVAILABLE ? "The server cannot answer for now: " : "The server refused: ")
                .append(error.detail());
        for (FieldError field : error.errors()) {
            if (error.detail().contains(field.field()) && error.detail().contains(field.message())) {
                continue; // the sentence says it already
            }
            text.append("\n  ").append(field.field()).append(": ").append(field.message());
        }
        error.retryAfter().ifPresent(length -> text.append("\nTry again in ")
                .append(length.toSeconds())
                .append(" s."));
        if (error.status() >= SERVER_ERROR && !error.requestId().isEmpty()) {
            text.append("\nThe server's log tells more under ").append(error.requestId());
        }
        return text.toString();
    }

    /** Says what Java's file exceptions mean, which by themselves are often a bare path. */
    static String describe(IOException failure) {
        if (failure instanceof NoSuchFileException missing) {
            return missing.getFile() + " does not exist";
        }
        if (failure instanceof AccessDeniedException denied) {
            return "access to " + denied.getFile() + " is denied";
        }
        if (failure instanceof FileAlreadyExistsException existing) {
            return existing.getFile() + " is in the way";
        }
        if (failure instanceof FileSystemException other && other.getReason() != null) {
            return other.getFile() + ": " + other.getReason();
        }
        return failure.getMessage() == null ? failure.getClass().getSimpleName() : failure.getMessage();
    }
}
