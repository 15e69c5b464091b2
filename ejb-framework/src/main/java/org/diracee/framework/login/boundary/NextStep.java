/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.framework.login.boundary;

import java.net.URI;

/** Where a person proves who it is, for a program in the browser. */
public sealed interface NextStep {

    /** At the provider of the VO. */
    record AtProvider(URI address) implements NextStep {}

    /** With us, by the password of a local account. */
    record WithUs(ProgramLogin login) implements NextStep {}
}
