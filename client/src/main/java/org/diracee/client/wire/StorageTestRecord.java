/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.client.wire;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.Optional;

/**
 * The test of a storage element with a small file.
 *
 * @param steps what the server did, to the first that failed
 * @param upload by which the client may go on and write a file itself
 * @param download by which it may read that file
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record StorageTestRecord(
        String id,
        List<StorageTestStepRecord> steps,
        Optional<StorageAccessRecord> upload,
        Optional<StorageAccessRecord> download) {

    public StorageTestRecord {
        steps = List.copyOf(steps);
    }
}
