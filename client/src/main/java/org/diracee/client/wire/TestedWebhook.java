/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.client.wire;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Optional;

/**
 * What the receiver said to a message that was a test.
 *
 * @param answer the HTTP status; absent: there was no answer
 * @param reason why there was none
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record TestedWebhook(Optional<Integer> answer, Optional<String> reason) {}
