/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.webhook.control;

import java.net.InetAddress;
import java.net.URI;
import java.util.Locale;
import org.diracee.framework.outbound.boundary.CalledHost;
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
        String host = url.getHost();
        if (host == null
                || url.getRawUserInfo() != null
                || url.getRawFragment() != null
                || url.toString().length() > LONGEST) {
            throw new InvalidRequest("url: an address of at most " + LONGEST
                    + " characters is expected, as in https://example.org/hook, without a user and without a fragment");
        }
        CalledHost where = CalledHost.of(host);
        String scheme = String.valueOf(url.getScheme()).toLowerCase(Locale.ROOT);
        boolean isPlain = scheme.equals("http") && where == CalledHost.LOOPBACK && loopbackHttp;
        if (!scheme.equals("https") && !isPlain) {
            throw new InvalidRequest("url: allowed is https alone");
        }
        if (!isAllowed(where)) {
            throw new InvalidRequest("url: webhooks may not be at " + host
                    + "; allowed are hosts in the internet, and what this installation's configuration adds");
        }
    }

    /** Whether a host's name may stand for this address. */
    public boolean allows(InetAddress address) {
        return isAllowed(CalledHost.of(address));
    }

    private boolean isAllowed(CalledHost where) {
        return switch (where) {
            case LOOPBACK -> loopbackHttp;
            case PRIVATE -> privateAddresses;
            case ELSEWHERE -> true;
            case NEVER -> false;
        };
    }
}
