/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.client.wire;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.Optional;

/**
 * Revisions of the configuration, the newest first.
 *
 * @param next where the next page begins: its {@code before}; absent on the last page
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record ConfigurationHistory(List<ConfigurationRevision> revisions, Optional<Long> next) {}
