/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.framework.certificate.control;

import java.security.cert.X509Certificate;
import java.util.List;

/** Finds the way from a certificate to a CA that is trusted. */
public interface PathValidation {

    /** Whether there are CAs to trust. */
    boolean enabled();

    /**
     * Checks signatures, CAs, revocation lists, name spaces and the rules for proxies.
     *
     * @throws Refusal if there is no good way
     */
    void validate(List<X509Certificate> chain) throws Refusal;
}
