/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.client.wire;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.Map;

/** Who a user's token stands for. */
public record UserInfo(
        String sub,
        String vo,
        @JsonProperty("dirac_group") String group,
        Map<String, Object> policies,
        List<String> properties,
        @JsonProperty("preferred_username") String preferredUsername) {

    public UserInfo {
        policies = policies == null ? Map.of() : Map.copyOf(policies);
        properties = properties == null ? List.of() : List.copyOf(properties);
    }
}
