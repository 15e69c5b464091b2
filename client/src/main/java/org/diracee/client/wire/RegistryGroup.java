/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.client.wire;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;

/**
 * A group of a VO.
 *
 * @param members names of users
 * @param isDefault whether it is the group of those who name none when they log in
 */
public record RegistryGroup(
        String group,
        List<String> properties,
        List<String> members,
        @JsonProperty("job_share") double jobShare,
        @JsonProperty("default") boolean isDefault) {
    public RegistryGroup {
        properties = List.copyOf(properties);
        members = List.copyOf(members);
    }
}
