/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.framework.provider.control;

import java.util.Optional;

/** Port to the secrets that the administrators of the server keep outside the configuration. */
public interface ClientSecrets {

    /** The secret of this alias, if there is one. */
    Optional<String> secret(String alias);
}
