/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.sitedirector.gateway;

import java.time.Instant;
import java.util.Optional;
import org.diracee.kernel.proxy.ProxyCredential;

/** What a computing element knows us by. */
sealed interface CeCredential {

    /** For those who wonder why it was refused; holds no secret. */
    String description();

    /** The same for the same credential, and for no other; a secret. */
    String identity();

    /** What is shown when a connection is made. */
    Optional<ProxyCredential> proxy();

    /** A bearer token. */
    record Token(String text, String description) implements CeCredential {

        @Override
        public String identity() {
            return text;
        }

        @Override
        public Optional<ProxyCredential> proxy() {
            return Optional.empty();
        }

        @Override
        public String toString() {
            return description;
        }
    }

    /** A proxy certificate with its key. */
    record Proxy(ProxyCredential credential) implements CeCredential {

        @Override
        public String identity() {
            return credential.chain().pem();
        }

        @Override
        public Optional<ProxyCredential> proxy() {
            return Optional.of(credential);
        }

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
