/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.framework.provider.control;

import java.io.IOException;
import java.net.URI;
import java.util.Map;
import java.util.Optional;

/** Port to providers. Every call ends within seconds, follows no redirect, and reads a bounded answer. */
public interface ProviderConnection {

    /** @throws IOException if there is no complete answer in time */
    Answer get(URI address) throws IOException;

    /**
     * Sends a form.
     *
     * @param credentials value of the Authorization header, if one is to be sent
     * @throws IOException if there is no complete answer in time
     */
    Answer post(URI address, Map<String, String> form, Optional<String> credentials) throws IOException;

    /** An answer, whatever it says. */
    record Answer(int status, String body) {}
}
