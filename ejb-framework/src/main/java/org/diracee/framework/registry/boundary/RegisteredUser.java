/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.framework.registry.boundary;

import java.util.List;
import java.util.Optional;
import org.diracee.kernel.value.Dn;
import org.diracee.kernel.value.InvalidValue;
import org.diracee.kernel.value.UserName;

/**
 * A person registered in a VO.
 *
 * @param subject stable id within the VO, as the identity provider gives it
 * @param suspended whether the VO has locked the person out
 * @param dns distinguished names of the person's certificates, as somebody wrote them
 */
public record RegisteredUser(
        String subject, UserName username, Optional<String> email, boolean suspended, List<String> dns) {

    public RegisteredUser {
        dns = List.copyOf(dns);
    }

    /** The names of the person's certificates, in the spelling that certificates are compared in. */
    public List<Dn> names() {
        return dns.stream().flatMap(text -> name(text).stream()).toList();
    }

    private static Optional<Dn> name(String text) {
        try {
            return Optional.of(new Dn(text));
        } catch (InvalidValue slip) {
            return Optional.empty(); // a slip in the registry locks out one certificate and nobody else
        }
    }
}
