/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.client.wire;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.Optional;

/**
 * Changes whose a file or directory is and what others may do with it; what is absent stays.
 *
 * @param mode three octal digits
 * @param acl such as {@code user:demo/alice:rw-}; an empty list takes it away
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record ChangeCatalogEntry(
        Optional<String> owner,
        Optional<String> group,
        Optional<String> mode,
        Optional<List<String>> acl,
        @JsonProperty("default_acl") Optional<List<String>> defaultAcl) {}
