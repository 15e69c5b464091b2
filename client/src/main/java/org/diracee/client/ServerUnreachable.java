/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.client;

import java.net.URI;

/** No answer came: the server is down, the name or certificate is wrong, or the time is up. Whether it acted is unknown. */
public final class ServerUnreachable extends ClientFailure {

    private static final long serialVersionUID = 1L;

    private final transient URI server;

    ServerUnreachable(URI server, String reason, Throwable cause) {
        super("The server at " + server + " cannot be reached: " + reason, cause);
        this.server = server;
    }

    public URI server() {
        return server;
    }
}
