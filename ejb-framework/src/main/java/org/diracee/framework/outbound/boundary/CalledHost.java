/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.framework.outbound.boundary;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.regex.Pattern;

/**
 * Where the host of an address is, so that nobody makes this server call what only it can reach: itself, the services of a cloud's
 * link-local addresses, its institute, or everybody at once. Whether private networks are allowed is for the caller to say: providers of
 * an institute are there, but nobody else's business is.
 */
public enum CalledHost {
    /** This machine. */
    LOOPBACK,
    /** A machine that only its own network can reach. */
    PRIVATE,
    /** Another machine. */
    ELSEWHERE,
    /** Where nothing is to be called: link-local, unspecified and multicast addresses, and numbers that are written in another way. */
    NEVER;

    private static final int V4 = 4;
    private static final Pattern DOTTED = Pattern.compile("[0-9]{1,3}(\\.[0-9]{1,3}){3}");
    private static final Pattern SIX = Pattern.compile("\\[[0-9a-fA-F:.]+]");

    /** Of names like 2130706433, 0x7f.1 or 127.1, which are addresses to some programs. */
    private static final Pattern NUMBER = Pattern.compile("(.*\\.)?[0-9][0-9a-fA-FxX]*\\.?");

    /** As it is written; names are not resolved. */
    public static CalledHost of(String host) {
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
    public static CalledHost of(InetAddress address) {
        if (address.isLoopbackAddress()) {
            return LOOPBACK;
        }
        return address.isLinkLocalAddress() || address.isAnyLocalAddress() || address.isMulticastAddress()
                ? NEVER
                : isPrivate(address.getAddress()) ? PRIVATE : ELSEWHERE;
    }

    /** The networks that are not routed in the internet, and those in which an address of another network can be hidden. */
    private static boolean isPrivate(byte[] address) {
        int first = address[0] & 0xff;
        int second = address[1] & 0xff;
        if (address.length == V4) {
            return first == 0
                    || first == 10
                    || (first == 100 && second >= 64 && second < 128)
                    || (first == 172 && second >= 16 && second < 32)
                    || (first == 192 && second == 168)
                    || (first == 192 && second == 0 && (address[2] & 0xff) == 0)
                    || (first == 198 && (second == 18 || second == 19))
                    || first >= 240;
        }
        int begin = first << 8 | second;
        return (first & 0xfe) == 0xfc // unique local
                || (begin & 0xffc0) == 0xfec0 // site-local, which is deprecated
                || begin == 0x2002 // 6to4
                || begin == 0x0064 // translated from version 4
                || (begin == 0x2001 && address[2] == 0 && address[3] == 0) // Teredo
                || begin == 0; // compatible with version 4
    }
}
