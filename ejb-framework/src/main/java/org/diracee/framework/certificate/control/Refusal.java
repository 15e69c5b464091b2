/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.framework.certificate.control;

/** Why a certificate, or what it carries, does not count. */
public class Refusal extends Exception {

    private static final long serialVersionUID = 1L;

    public Refusal(String reason) {
        super(reason, null, false, false); // thrown for whatever anybody sends: no stack trace
    }

    public String reason() {
        return String.valueOf(getMessage());
    }
}
