/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.client.wire;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The virtual organisations of an installation and their groups, as {@code /.well-known/dirac-metadata} tells them. */
public record ServerMetadata(
        @JsonProperty("virtual_organizations") Map<String, VirtualOrganization> virtualOrganizations) {

    public ServerMetadata {
        virtualOrganizations = virtualOrganizations == null ? Map.of() : Map.copyOf(virtualOrganizations);
    }

    /** What one VO tells everybody about itself. */
    public record VirtualOrganization(
            Map<String, Group> groups,
            Support support,
            @JsonProperty("default_group") String defaultGroup) {

        public VirtualOrganization {
            groups = groups == null ? Map.of() : Map.copyOf(groups);
        }
    }

    /** A group's properties, sorted. */
    public record Group(List<String> properties) {

        public Group {
            properties = properties == null ? List.of() : List.copyOf(properties);
        }
    }

    /** Whom to ask. */
    public record Support(
            String message,
            @Nullable String webpage,
            @Nullable String email) {}
}
