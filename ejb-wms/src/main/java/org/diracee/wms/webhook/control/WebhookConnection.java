/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.wms.webhook.control;

import java.io.IOException;
import java.net.URI;
import java.util.Map;

/** Port to the receivers of messages. Every call ends within seconds and follows no redirect. */
public interface WebhookConnection {

    /**
     * Posts a message of JSON.
     *
     * @return the HTTP status of the answer
     * @throws IOException if there is none in time, or the address leads where no webhook may be
     */
    int post(URI url, Map<String, String> headers, String body, TargetRules rules) throws IOException;
}
