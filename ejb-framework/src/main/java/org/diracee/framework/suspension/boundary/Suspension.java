/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.framework.suspension.boundary;

import java.time.Instant;

/**
 * A suspension in force.
 *
 * @param reason for the administrators; the one who is suspended does not see it
 * @param author name of who suspended
 * @param actor who suspended, as {@link org.diracee.kernel.access.Caller#identity()} says
 * @param everywhere whether an administrator of the installation did it, so that none of a VO can lift it
 */
public record Suspension(
        long id,
        SuspensionTarget target,
        String reason,
        String author,
        String actor,
        boolean everywhere,
        Instant since) {}
