/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.framework.audit.boundary;

/**
 * Where the request that this thread serves comes from; {@link #NONE} in an agent's cycle.
 *
 * @param address of the client, or of the proxy before us unless that is trusted
 */
public record RequestOrigin(String address, String requestId) {

    public static final RequestOrigin NONE = new RequestOrigin("", "");

    private static final ThreadLocal<RequestOrigin> CURRENT = new ThreadLocal<>();

    public static RequestOrigin current() {
        RequestOrigin origin = CURRENT.get();
        return origin == null ? NONE : origin;
    }

    /** Says where the request comes from that this thread serves from now on. */
    public void enter() {
        CURRENT.set(this);
    }

    /** This thread serves no request any more. */
    public static void leave() {
        CURRENT.remove();
    }

    /** What those are counted by whom nobody knows: who has one address of version 6 has 2^64 of them. */
    public static String network(String address) {
        if (address.indexOf(':') < 0) {
            return address;
        }
        int gap = address.indexOf("::");
        String[] groups = (gap < 0 ? address : address.substring(0, gap)).split(":", -1);
        StringBuilder network = new StringBuilder();
        for (int group = 0; group < 4; group++) {
            network.append(group < groups.length && !groups[group].isEmpty() ? groups[group] : "0")
                    .append(':');
        }
        return network.append(":/64").toString();
    }
}
