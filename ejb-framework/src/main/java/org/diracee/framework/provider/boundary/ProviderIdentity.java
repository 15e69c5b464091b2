/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.framework.provider.boundary;

import java.util.List;
import java.util.Optional;

/**
 * Who a person is at a provider, proved by an ID token.
 *
 * @param subject the provider's stable id of the person
 * @param username what the person is called there
 * @param groups the values of the provider's group claim, as they came
 */
public record ProviderIdentity(String subject, Optional<String> username, Optional<String> email, List<String> groups) {

    public ProviderIdentity {
        groups = List.copyOf(groups);
    }
}
