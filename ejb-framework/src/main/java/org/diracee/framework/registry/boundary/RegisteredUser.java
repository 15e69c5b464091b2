/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.framework.registry.boundary;

import java.util.List;
import java.util.Optional;
import org.diracee.kernel.value.UserName;

/**
 * A person registered in a VO.
 *
 * @param subject stable id within the VO, as the identity provider gives it
 * @param suspended whether the VO has locked the person out
 * @param dns distinguished names of the person's certificates
 */
public record RegisteredUser(
        String subject, UserName username, Optional<String> email, boolean suspended, List<String> dns) {

    public RegisteredUser {
        dns = List.copyOf(dns);
    }
}
