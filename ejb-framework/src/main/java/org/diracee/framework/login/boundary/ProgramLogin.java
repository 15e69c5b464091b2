/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.framework.login.boundary;

import java.net.URI;
import java.util.UUID;

/**
 * A log-in of a program in a browser that waits for the person.
 *
 * @param returnTo where the person is sent back to
 * @param asked what the person is asked to approve
 */
public record ProgramLogin(UUID flow, URI returnTo, PendingLogin asked) {}
