/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.cli.proxy;

import java.util.List;
import java.util.concurrent.Callable;
import org.diracee.cli.CommandFailure;
import org.diracee.cli.Connection;
import org.diracee.cli.ExitCode;
import org.diracee.cli.Surroundings;
import org.diracee.client.ApiClient;
import org.diracee.client.ApiError;
import org.diracee.client.Logins;
import org.diracee.client.Proxies;
import org.diracee.client.wire.ProxySummary;
import org.diracee.client.wire.UserInfo;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Deletes proxies at the server. */
@Command(
        name = "delete",
        description = "Delete proxies that the server keeps. Those that it has handed out are good until they end.")
public final class DeleteProxies implements Callable<Integer> {

    private final Surroundings surroundings;

    @Mixin
    private final Connection connection;

    @Parameters(arity = "0..*", paramLabel = "ID", description = "Proxies as 'proxy info' names them.")
    private List<String> ids = List.of();

    @Option(names = "--all", description = "All your proxies.")
    private boolean all;

    public DeleteProxies(Surroundings surroundings) {
        this.surroundings = surroundings;
        this.connection = new Connection(surroundings);
    }

    @Override
    public Integer call() {
        if (all != ids.isEmpty()) {
            throw CommandFailure.usage("Which proxies? Give ids, or --all.");
        }
        ApiClient client = connection.client();
        Proxies proxies = new Proxies(client);
        List<String> asked = all ? own(client, proxies) : ids;
        int failed = 0;
        for (String id : asked) {
            try {
                proxies.delete(id);
                surroundings.out().println(surroundings.terminal() ? "Proxy " + id + " deleted." : id);
            } catch (ApiError refused) {
                failed++;
                surroundings.say("Proxy " + id + " not deleted: " + refused.detail());
            }
        }
        if (asked.isEmpty()) {
            surroundings.say("No proxies.");
        }
        return failed == 0 ? ExitCode.OK : ExitCode.REFUSED;
    }

    /** Who manages proxies sees those of others as well. */
    private static List<String> own(ApiClient client, Proxies proxies) {
        UserInfo user = new Logins(client).userInfo();
        return proxies.list().stream()
                .filter(proxy -> user.sub().equals(proxy.vo() + ":" + proxy.subject()))
                .map(ProxySummary::id)
                .toList();
    }
}
