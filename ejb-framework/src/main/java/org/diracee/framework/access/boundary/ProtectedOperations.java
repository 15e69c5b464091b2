/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.framework.access.boundary;

/** The operations whose rule stays as the code declares it: by them a slip in a rule is mended. */
final class ProtectedOperations {

    private ProtectedOperations() {}

    static boolean canBeOverridden(Operation operation) {
        return !operation.service().equals("ConfigurationEditing");
    }
}
