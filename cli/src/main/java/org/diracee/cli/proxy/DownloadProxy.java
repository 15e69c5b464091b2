/*
 * Copyright the DIRAC EE authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package org.diracee.cli.proxy;

import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.diracee.cli.CommandFailure;
import org.diracee.cli.Connection;
import org.diracee.cli.ExitCode;
import org.diracee.cli.Surroundings;
import org.diracee.cli.output.Times;
import org.diracee.client.Proxies;
import org.diracee.client.wire.DeliveredProxy;
import org.diracee.client.wire.OrderProxy;
import org.diracee.kernel.proxy.ProxyChain;
import org.diracee.kernel.proxy.ProxyKey;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Gets a proxy that the server makes of a stored one. */
@Command(
        name = "download",
        description =
                "Get a proxy that the server makes of a stored one, for a key that is made here; needs a property for"
                        + " delegation.")
public final class DownloadProxy implements Callable<Integer> {

    private final Surroundings surroundings;

    @Mixin
    private final Connection connection;

    @Option(names = "--user", paramLabel = "NAME", description = "Whose; your own unless given.")
    private @Nullable String user;

    @Option(
            names = {"-g", "--group"},
            paramLabel = "GROUP",
            description = "The DIRAC group in which its holder is to act; that of your session unless given.")
    private @Nullable String group;

    @Option(names = "--valid", paramLabel = "HOURS", description = "How long it is to be good; 12 hours unless given.")
    private @Nullable Integer hours;

    @Option(names = "--limited", description = "A limited one, also if you may have a full one.")
    private boolean limited;

    @Option(names = "--full", description = "A full one or none.")
    private boolean full;

    @Option(names = "--voms", description = "With the VOMS attribute that stands for the group.")
    private boolean voms;

    @Option(
            names = "--out",
            paramLabel = "FILE",
            description = "Where it goes (else: X509_USER_PROXY, else /tmp/x509up_u<uid>).")
    private @Nullable String out;

    public DownloadProxy(Surroundings surroundings) {
        this.surroundings = surroundings;
        this.connection = new Connection(surroundings);
    }

    @Override
    public Integer call() throws IOException {
        if (limited && full) {
            throw CommandFailure.usage("--limited or --full, not both.");
        }
        ProxyKey key = ProxyKey.generate();
        DeliveredProxy proxy = new Proxies(connection.client())
                .order(new OrderProxy(
                        key.request().pem(),
                        Optional.ofNullable(user),
                        Optional.empty(),
                        Optional.ofNullable(group),
                        Optional.ofNullable(hours)
                                .map(given -> Lifetimes.hours("--valid", given).toSeconds()),
                        limited || full ? Optional.of(limited) : Optional.empty(),
                        voms ? Optional.of(true) : Optional.empty()));
        ProxyFile file = ProxyFile.of(surroundings, out);
        file.write(key.with(ProxyChain.read(proxy.chain())));
        Times times = new Times(surroundings.clock().getZone(), true);
        surroundings.say((proxy.limited() ? "Limited proxy of " : "Proxy of ") + proxy.dn() + " in the group "
                + proxy.group() + " until " + times.text(proxy.expires())
                + proxy.attributesExpire()
                        .filter(end -> end.isBefore(proxy.expires()))
                        .map(end -> ", its VOMS attributes until " + times.text(end))
                        .orElse("")
                + " in");
        surroundings.out().println(file.path());
        return ExitCode.OK;
    }
}
