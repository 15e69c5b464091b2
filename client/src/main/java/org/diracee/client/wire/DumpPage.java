/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.client.wire;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.Optional;

/**
 * Replicas at a storage element.
 *
 * @param next cursor of the next page, absent on the last
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record DumpPage(List<DumpedReplica> replicas, Optional<String> next) {
    public DumpPage {
        replicas = List.copyOf(replicas);
    }

    /** One of them. */
    @JsonInclude(JsonInclude.Include.NON_ABSENT)
    public record DumpedReplica(
            String lfn,
            long size,
            Optional<String> adler32,
            Optional<String> sha256,
            String status,
            Optional<String> pfn) {}
}
