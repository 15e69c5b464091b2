/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.sitedirector.gateway;

import java.time.Instant;
import org.diracee.kernel.proxy.ProxyCredential;

/** What a computing element knows us by. */
sealed interface CeCredential {

    /** For those who wonder why it was refused; holds no secret. */
    String description();

    /** A bearer token. */
    record Token(String text, String description) implements CeCredential {

        @Override
        public String toString() {
            return description;
        }
    }

    /** A proxy certificate with its key. */
    record Proxy(ProxyCredential credential) implements CeCredential {

        Instant expires() {
            return credential.chain().expires();
        }

        @Override
        public String description() {
            return "the proxy of " + credential.chain().dn() + " that ends at " + expires();
        }

        @Override
        public String toString() {
            return description();
        }
    }
}
