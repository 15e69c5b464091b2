/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.operation.boundary;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import org.diracee.kernel.value.GroupName;
import org.diracee.kernel.value.UserName;
import org.diracee.kernel.value.VoName;

/**
 * An operation as its owner sees it.
 *
 * @param total jobs that it found at its start, empty as long as that is not known; others may have changed them before their turn came
 * @param done jobs to which it was done
 * @param failed jobs to which it could not be done
 * @param reason why it was stopped
 * @param node that worked on it last
 * @param expectedEnd while it runs, if it goes on as fast as so far
 */
public record OperationView(
        long id,
        StartAction request,
        VoName vo,
        UserName owner,
        GroupName ownerGroup,
        OperationState state,
        Optional<String> reason,
        OptionalLong total,
        long done,
        long failed,
        Optional<String> node,
        Instant created,
        Optional<Instant> started,
        Optional<Instant> ended,
        Optional<Instant> expectedEnd) {}
