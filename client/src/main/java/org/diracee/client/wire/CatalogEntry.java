/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.client.wire;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * A file or directory of the catalogue.
 *
 * @param kind {@code file} or {@code directory}; what only the other has is absent
 * @param mode three octal digits
 * @param acl such as {@code user:demo/alice:rw-}
 * @param defaultAcl the list that what is made in the directory begins with
 * @param jobId the job that made the file
 * @param replicas absent unless asked for
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record CatalogEntry(
        String lfn,
        String kind,
        String owner,
        String group,
        String mode,
        List<String> acl,
        @JsonProperty("default_acl") List<String> defaultAcl,
        Instant created,
        Instant modified,
        Optional<Long> size,
        Optional<String> adler32,
        Optional<String> sha256,
        Optional<UUID> guid,
        Optional<String> status,
        @JsonProperty("job_id") Optional<Long> jobId,
        Optional<List<ReplicaRecord>> replicas) {}
