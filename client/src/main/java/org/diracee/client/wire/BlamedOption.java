/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.client.wire;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Optional;

/**
 * Who last changed an entry of the configuration.
 *
 * @param value absent for a section
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record BlamedOption(String path, Optional<String> value, ConfigurationRevision revision) {}
