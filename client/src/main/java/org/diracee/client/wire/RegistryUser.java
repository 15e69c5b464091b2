/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.client.wire;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.Optional;

/**
 * A user of a VO.
 *
 * @param suspended whether the registry locks the user out
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record RegistryUser(
        String user, String subject, Optional<String> email, boolean suspended, List<String> dns, List<String> groups) {
    public RegistryUser {
        dns = List.copyOf(dns);
        groups = List.copyOf(groups);
    }
}
