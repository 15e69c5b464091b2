/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.framework.proxy.control;

import java.time.Duration;
import org.diracee.kernel.error.DiracException;
import org.diracee.kernel.proxy.ProxyCredential;
import org.diracee.kernel.proxy.VomsCertificate;

/** Asks VOMS servers. */
public interface AttributeAuthority {

    /**
     * Asks what the person is.
     *
     * @param fqan the group and role that is wanted
     * @throws DiracException if the server does not answer, or does not give that
     */
    VomsCertificate attributes(VomsServer server, String fqan, Duration lifetime, ProxyCredential person);
}
