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
}
