/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.framework.outbound.boundary;

import java.net.InetAddress;
import java.net.URI;
import java.util.Locale;

/**
 * Which addresses that others set this server calls: https, without a user and without a fragment.
 *
 * @param privateAddresses whether private networks are allowed
 * @param loopbackHttp whether this machine is, also without TLS
 */
public record AllowedTargets(boolean privateAddresses, boolean loopbackHttp) {

    /** Whether the address may be called at all; where its name leads to is looked at when it is called. */
    public boolean allows(URI url) {
        String host = url.getHost();
        if (host == null || url.getRawUserInfo() != null || url.getRawFragment() != null) {
            return false;
        }
        CalledHost where = CalledHost.of(host);
        String scheme = String.valueOf(url.getScheme()).toLowerCase(Locale.ROOT);
        return isAllowed(where) && (scheme.equals("https") || scheme.equals("http") && where == CalledHost.LOOPBACK);
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
