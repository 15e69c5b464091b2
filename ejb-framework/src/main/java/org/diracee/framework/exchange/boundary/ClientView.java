/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.framework.exchange.boundary;

import java.util.List;
import org.diracee.framework.client.boundary.RegisteredClient;

/**
 * A registered client as administrators see it.
 *
 * @param authentication how it proves who it is, in OAuth's words
 * @param sessions how many sessions that it began are open
 */
public record ClientView(RegisteredClient client, List<String> authentication, long sessions) {

    public ClientView {
        authentication = List.copyOf(authentication);
    }
}
