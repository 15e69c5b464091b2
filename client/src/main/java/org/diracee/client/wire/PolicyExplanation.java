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
 * Who may call an operation; and, if it was asked about a user, whether that one may, and why.
 *
 * @param operation {@code Service.method}
 * @param path where the configuration can say another rule
 * @param rule in words
 * @param declared what the code declares
 * @param configuredAt where the configuration says the rule; absent if the code does
 * @param groups the groups that were asked about
 * @param reasons why not, group by group
 * @param allowingGroups the groups of the VO that would let their members call it
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record PolicyExplanation(
        String operation,
        String path,
        String rule,
        String declared,

        @JsonProperty("configured_at") Optional<String> configuredAt,

        Optional<String> user,
        Optional<String> vo,
        Optional<Boolean> allowed,
        Optional<List<String>> groups,
        Optional<List<String>> reasons,

        @JsonProperty("allowing_groups") Optional<List<String>> allowingGroups) {}
