/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.cli.proxy;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.diracee.cli.Connection;
import org.diracee.cli.Surroundings;
import org.diracee.cli.output.JsonOutput;
import org.diracee.cli.output.Times;
import org.diracee.client.Proxies;
import org.diracee.client.wire.BegunProxyUpload;
import org.diracee.client.wire.CompletedProxyUpload;
import org.diracee.kernel.proxy.ProxyCredential;
import org.diracee.kernel.proxy.ProxyRequest;
import org.diracee.kernel.proxy.ProxyTerms;

/** Entrusts a proxy to the server: signs one for the key that the server made. */
record StoredProxies(Surroundings surroundings, Connection connection) {

    /** @param life how long it is to be good; as long as what signs it if empty */
    CompletedProxyUpload upload(ProxyCredential signer, Optional<Duration> life) {
        Proxies proxies = new Proxies(connection.client());
        BegunProxyUpload upload = proxies.begin();
        Instant now = surroundings.clock().instant();
        Instant end = life.map(now::plus).orElse(signer.chain().expires());
        return proxies.complete(
                upload.id(),
                signer.sign(ProxyRequest.read(upload.request()), ProxyTerms.full(now, end))
                        .pem());
    }

    void tell(CompletedProxyUpload upload) {
        if (connection.json()) {
            JsonOutput.print(surroundings.out(), upload);
            return;
        }
        String ends = new Times(surroundings.clock().getZone(), true).text(upload.expires());
        surroundings.say(
                upload.stored()
                        ? "The server has a proxy of " + upload.dn() + " until " + ends + "."
                        : "Not stored: the server has one of " + upload.dn() + " already that ends no earlier, at "
                                + ends + ".");
    }
}
