/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.framework.login.boundary;

/** What can be said of a user code that a person came with. */
public sealed interface LoginState {

    /** Waits for a decision. */
    record Waiting(PendingLogin login) implements LoginState {}

    /** Nobody was given this code, or so long ago that it is forgotten. */
    record Unknown() implements LoginState {}

    /** Nobody decided in time. */
    record Expired() implements LoginState {}

    /** Somebody has approved or refused it. */
    record Decided() implements LoginState {}
}
