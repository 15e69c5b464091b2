/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.framework.login.boundary;

/** What became of a person's answer to a log-in that waits. */
public sealed interface Decision {

    record Approved() implements Decision {}

    record Refused() implements Decision {}

    /** The person is to be sent to this address: to the program, with a code or a refusal. */
    record SentBack(String address) implements Decision {}

    /** Unknown user or wrong password: which of them is not told. */
    record WrongPassword(PendingLogin login) implements Decision {}

    /** Too many wrong passwords, or too many people at once: later again. */
    record TooManyAttempts(PendingLogin login) implements Decision {}

    /** The person may not act as the log-in asks; {@code reason} is for the person. */
    record NotAllowed(PendingLogin login, String reason) implements Decision {}

    /** The log-in does not wait (any more). */
    record NotWaiting(LoginState state) implements Decision {}

    /** The installation has no local accounts. */
    record NoLocalAccounts() implements Decision {}
}
