/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.cli.webhook;

import java.util.UUID;
import java.util.concurrent.Callable;
import org.diracee.cli.Connection;
import org.diracee.cli.Surroundings;
import org.diracee.client.Webhooks;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** A command that is about one webhook. */
abstract class SingleWebhook implements Callable<Integer> {

    private static final UUID NONE = new UUID(0, 0);

    private final Surroundings surroundings;

    @Mixin
    private final Connection connection;

    @Parameters(paramLabel = "WEBHOOK", description = "Its id.")
    private UUID id = NONE;

    SingleWebhook(Surroundings surroundings) {
        this.surroundings = surroundings;
        this.connection = new Connection(surroundings);
    }

    abstract int call(Webhooks webhooks, UUID webhook);

    @Override
    public final Integer call() {
        return call(new Webhooks(connection.client()), id);
    }

    final Surroundings surroundings() {
        return surroundings;
    }

    final boolean json() {
        return connection.json();
    }

    final ShownWebhook shown() {
        return new ShownWebhook(surroundings, json());
    }
}
