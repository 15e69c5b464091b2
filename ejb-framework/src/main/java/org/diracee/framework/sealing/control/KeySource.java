/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.framework.sealing.control;

import javax.crypto.SecretKey;

/** Where the key of the secrets comes from: never from the database that holds them. */
public interface KeySource {

    /** @throws UnusableSealingKey if there is none */
    SecretKey key();
}
