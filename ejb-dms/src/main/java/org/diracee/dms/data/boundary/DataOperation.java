/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.dms.data.boundary;

import java.time.Instant;
import java.util.Optional;
import org.diracee.kernel.value.Lfn;
import org.diracee.kernel.value.SeName;

/**
 * Something that is done with one file at one storage element.
 *
 * @param source where a replication copies from, if that was said
 * @param size of the file, in bytes
 * @param attempts how often it was taken up
 * @param failure why it failed, or did not go well yet
 * @param next when it goes on, or of an upload when it is too late
 */
public record DataOperation(
        long id,
        DataOperationKind kind,
        DataOperationState state,
        Lfn lfn,
        SeName se,
        Optional<SeName> source,
        long size,
        int attempts,
        Optional<String> failure,
        Instant created,
        Optional<Instant> next,
        Optional<Instant> ended) {}
