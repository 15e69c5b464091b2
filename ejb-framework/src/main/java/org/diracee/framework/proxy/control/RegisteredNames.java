/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.framework.proxy.control;

import java.util.List;
import java.util.Optional;
import org.diracee.framework.registry.boundary.RegisteredUser;
import org.diracee.kernel.value.Dn;
import org.diracee.kernel.value.InvalidValue;

/** The names of a user's certificates, as the registry of the VO has them; spellings of labels do not matter. */
public final class RegisteredNames {

    private RegisteredNames() {}

    public static List<Dn> of(RegisteredUser user) {
        return user.dns().stream().flatMap(text -> dn(text).stream()).toList();
    }

    private static Optional<Dn> dn(String text) {
        try {
            return Optional.of(new Dn(text));
        } catch (InvalidValue slip) {
            return Optional.empty(); // a slip in the registry locks out one certificate and nobody else
        }
    }
}
