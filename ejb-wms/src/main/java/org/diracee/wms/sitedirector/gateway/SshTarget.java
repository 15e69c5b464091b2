/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.sitedirector.gateway;

import java.nio.file.Path;

/**
 * Whom to connect to, and by what.
 *
 * @param key the file of the private key
 * @param knownHosts the file of the host keys that are trusted
 */
record SshTarget(String host, int port, String user, Path key, Path knownHosts) {

    @Override
    public String toString() {
        return user + "@" + host + ":" + port;
    }
}
