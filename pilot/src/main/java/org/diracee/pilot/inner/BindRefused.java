/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.pilot.inner;

/** A directory that the site wants to show to jobs is not there, or would show them too much; the message says which and why. */
public final class BindRefused extends InnerCeUnusable {

    private static final long serialVersionUID = 1L;

    BindRefused(String message) {
        super(message);
    }
}
