/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.framework.outbound.boundary;

import java.net.InetAddress;
import java.net.URI;
import java.util.Locale;
import java.util.Optional;

/**
 * Which addresses that others set this server calls: https, without a user and without a fragment.
 *
 * @param privateAddresses whether private networks are allowed
 * @param loopbackHttp whether this machine is, also without TLS
 */
public record AllowedTargets(boolean privateAddresses, boolean loopbackHttp) {

    /** Whether the address may be called at all; where its name leads to is looked at when it is called. */
    public boolean allows(URI url) {
        return objection(url).isEmpty();
    }

    /** Why the address may not be called, if it may not; nothing of the address is repeated. */
    public Optional<String> objection(URI url) {
        String host = url.getHost();
        if (host == null) {
            return Optional.of("it names no host");
        }
        if (url.getRawUserInfo() != null) {
            return Optional.of("a user before the host is not allowed");
        }
        if (url.getRawFragment() != null) {
            return Optional.of("a fragment, what follows #, is not allowed");
        }
        CalledHost where = CalledHost.of(host);
        if (!isAllowed(where)) {
            return Optional.of(
                    switch (where) {
                        case LOOPBACK -> "its host is the server's own machine, which this installation does not allow";
                        case PRIVATE -> "its host is in a private network, which this installation does not allow";
                        case ELSEWHERE, NEVER -> "its host is nowhere where a server may be";
                    });
        }
        String scheme = String.valueOf(url.getScheme()).toLowerCase(Locale.ROOT);
        return scheme.equals("https") || scheme.equals("http") && where == CalledHost.LOOPBACK
                ? Optional.empty()
                : Optional.of("its scheme is not https");
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
