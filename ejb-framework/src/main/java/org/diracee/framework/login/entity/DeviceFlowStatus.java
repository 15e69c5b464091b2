/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.framework.login.entity;

/** How far a log-in by the device flow has come. */
public enum DeviceFlowStatus {
    /** Nobody has decided yet. */
    PENDING,
    /** A person approved; the device has not fetched its tokens. */
    APPROVED,
    /** A person refused. */
    REFUSED,
    /** The device has its tokens. */
    DONE
}
