/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.framework.login.boundary;

import java.util.List;
import java.util.stream.Collectors;
import org.diracee.framework.registry.boundary.Registry;
import org.diracee.framework.token.boundary.Scope;
import org.diracee.kernel.access.Property;
import org.diracee.kernel.value.GroupName;
import org.diracee.kernel.value.VoName;

/**
 * What a person is asked to approve.
 *
 * @param userCode the code that the person compares; of a program in the browser the id of the log-in, which nobody needs to see
 * @param clientId the program that asks
 * @param properties names of all rights that the tokens would carry, sorted
 */
public record PendingLogin(String userCode, String clientId, VoName vo, GroupName group, List<String> properties) {

    public PendingLogin {
        properties = List.copyOf(properties);
    }

    /** What is asked for, with the properties that the group gives. */
    Scope scope() {
        return new Scope(
                vo,
                group,
                properties.stream()
                        .flatMap(name -> Property.ofWireName(name).stream())
                        .collect(Collectors.toSet()));
    }

    static PendingLogin of(String userCode, String clientId, Scope scope, Registry registry) {
        return new PendingLogin(
                userCode,
                clientId,
                scope.vo(),
                scope.group(),
                scope.properties(registry).stream()
                        .map(Property::wireName)
                        .sorted()
                        .toList());
    }
}
