/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.framework.certificate.control;

import java.security.cert.X509Certificate;
import java.util.List;

/** Reads what a VO's server says of the holder of a proxy. */
public interface VomsAttributes {

    /**
     * The FQANs of the attribute certificates nearest to the client, in their order.
     *
     * @param chain a chain that is verified
     * @throws Refusal if one of them is not signed by a server that we trust for its VO, is over, or is of another holder
     */
    List<String> fqans(List<X509Certificate> chain) throws Refusal;
}
