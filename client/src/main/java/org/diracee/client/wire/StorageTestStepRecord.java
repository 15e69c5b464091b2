/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.client.wire;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Optional;

/**
 * A step of the test of a storage element.
 *
 * @param failure why it failed; absent if it went well
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record StorageTestStepRecord(String name, long millis, Optional<String> failure) {}
