/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.client.wire;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.Optional;

/**
 * A storage element.
 *
 * @param readable whether it is open for reading now, and so on
 * @param space for one's VO; only if it was asked for and the storage element tells
 * @param problem why it does not tell
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record StorageElementRecord(
        String name,
        boolean tape,
        boolean disk,
        boolean readable,
        boolean writable,
        boolean removable,
        boolean checkable,
        List<StorageProtocolRecord> protocols,
        Optional<StorageSpaceRecord> space,
        Optional<String> problem) {

    public StorageElementRecord {
        protocols = List.copyOf(protocols);
    }
}
