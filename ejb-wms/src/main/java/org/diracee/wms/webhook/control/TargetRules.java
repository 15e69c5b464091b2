/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.webhook.control;

import java.net.InetAddress;
import java.net.URI;
import java.util.Optional;
import org.diracee.framework.outbound.boundary.AllowedTargets;
import org.diracee.kernel.error.InvalidRequest;

/**
 * Where webhooks may be, so that nobody makes this server call what only it can reach.
 *
 * @param privateAddresses whether private networks are allowed
 * @param loopbackHttp whether this machine is, also without TLS
 */
public record TargetRules(boolean privateAddresses, boolean loopbackHttp) {

    private static final int LONGEST = 2048;

    public static TargetRules of(WebhookSettings settings) {
        return new TargetRules(settings.allowPrivateAddresses(), settings.allowLoopbackHttp());
    }

    /** @throws InvalidRequest unless a webhook may have this address */
    public void require(URI url) {
        Optional<String> objection = url.toString().length() > LONGEST
                ? Optional.of("it has more than " + LONGEST + " characters")
                : targets().objection(url);
        if (objection.isPresent()) {
            throw new InvalidRequest(
                    "url: " + objection.get() + "; expected is an address as https://example.org/hook");
        }
    }

    /** Whether a host's name may stand for this address. */
    public boolean allows(InetAddress address) {
        return targets().allows(address);
    }

    private AllowedTargets targets() {
        return new AllowedTargets(privateAddresses, loopbackHttp);
    }
}
