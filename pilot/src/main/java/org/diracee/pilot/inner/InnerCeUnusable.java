/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.pilot.inner;

/** The inner computing element that the site wants does not work on this worker node; the message says why. */
public sealed class InnerCeUnusable extends Exception permits BindRefused {

    private static final long serialVersionUID = 1L;

    InnerCeUnusable(String message) {
        super(message);
    }
}
