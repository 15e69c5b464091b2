/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.framework.provider.control;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.regex.Pattern;

/**
 * Where the host of an address is, so that nobody makes this server call what only it can reach: itself, the services of a cloud's
 * link-local addresses, or everybody at once. Private networks are allowed, because providers of an institute are there.
 */
public enum ProviderHost {
    /** This machine. */
    LOOPBACK,
    /** Another machine. */
    ELSEWHERE,
    /** What no provider has: link-local, unspecified and multicast addresses, and numbers that are written in another way. */
    NEVER;

    private static final Pattern DOTTED = Pattern.compile("[0-9]{1,3}(\\.[0-9]{1,3}){3}");
    private static final Pattern SIX = Pattern.compile("\\[[0-9a-fA-F:.]+]");

    /** Of names like 2130706433, 0x7f.1 or 127.1, which are addresses to some programs. */
    private static final Pattern NUMBER = Pattern.compile("(.*\\.)?[0-9][0-9a-fA-FxX]*\\.?");

    /** As it is written; names are not resolved. */
    public static ProviderHost of(String host) {
        if (host.equalsIgnoreCase("localhost")) {
            return LOOPBACK;
        }
        if (DOTTED.matcher(host).matches() || SIX.matcher(host).matches()) {
            try {
                return of(InetAddress.getByName(host));
            } catch (UnknownHostException noAddress) {
                return NEVER;
            }
        }
        return NUMBER.matcher(host).matches() || host.startsWith("[") ? NEVER : ELSEWHERE;
    }

    /** Of an address that a name was resolved to. */
    public static ProviderHost of(InetAddress address) {
        if (address.isLoopbackAddress()) {
            return LOOPBACK;
        }
        return address.isLinkLocalAddress() || address.isAnyLocalAddress() || address.isMulticastAddress()
                ? NEVER
                : ELSEWHERE;
    }
}
