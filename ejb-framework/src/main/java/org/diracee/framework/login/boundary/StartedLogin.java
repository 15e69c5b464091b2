/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.framework.login.boundary;

import java.time.Duration;

/**
 * A log-in that waits for a person.
 *
 * @param userCode what the person reads and compares
 * @param deviceCode what the device exchanges for tokens: a secret
 */
public record StartedLogin(String userCode, String deviceCode, Duration expiresIn) {

    @Override
    public String toString() {
        return "log-in " + userCode; // never the device code
    }
}
