/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.framework.login.entity;

/** How far a log-in by the authorization code flow has come. */
public enum AuthorizationFlowStatus {
    /** The person is logging in. */
    PENDING,
    /** There is a code that the program has not exchanged. */
    APPROVED,
    /** The program has its tokens. */
    DONE
}
